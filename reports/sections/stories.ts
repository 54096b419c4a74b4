/** The worst paths told day by day. */
import type { PathStory } from '../../sim/kernel/record.ts'
import { dateOfDay } from '../dates.ts'
import { eventsTold, storyFigure } from '../figures/story.ts'
import { counted, inWords } from '../format.ts'
import { html, type Markup } from '../html.ts'
import { byImportance } from '../importance.ts'
import { reasonInWords, storyInWords, storyTitle } from '../narrative.ts'
import type { Desk, Section } from '../section.ts'

export function storiesSection(desk: Desk): Section {
  const { stories } = desk.reading.record
  return {
    id: 'stories',
    title: stories.length === 1 ? 'The worst path' : `The ${inWords(stories.length)} worst paths`,
    body:
      stories.length === 0
        ? html`<p class="missing">The run tells no path. <code>aidlab replay</code> tells any of them.</p>`
        : html`<p>Each was simulated again alone and gives the same numbers as in the run. They are chosen for being worst by one measure each; together they show what the tail is made of, not how likely it is.</p>
${stories.map((story, i) => storyMarkup(desk, story, i + 1))}`,
  }
}

function storyMarkup(desk: Desk, story: PathStory, place: number): Markup {
  const { start } = desk.reading.record.manifest
  const { told, rest } = byImportance(story.events, eventsTold)
  return html`<article class="story" id="path-${story.path}">
<p class="kicker"><b>Path ${counted(story.path)}</b> · ${reasonInWords(desk.reading, story.reason)}</p>
${desk.place(storyFigure(desk.reading, story, place, storyTitle(desk.reading, story)), '')}
<p>${storyInWords(desk.reading, story)}</p>
${told.length > 0 ? eventList(told, start) : html`<p class="missing">No event of this path is told in words.</p>`}
${rest.length > 0 ? html`<details><summary>${counted(rest.length)} lesser ${rest.length === 1 ? 'event' : 'events'}</summary>${eventList(rest, start)}</details>` : null}
</article>
`
}

function eventList(events: PathStory['events'], start: string): Markup {
  const days = [...new Set(events.map((event) => event.day))]
  return html`<ol class="events">${days.map((day) => {
    const texts = events.filter((event) => event.day === day).map((event) => event.text)
    return html`<li><time>${dateOfDay(start, day)}, day ${counted(day)}</time><span>${texts.join(' ')}</span></li>\n`
  })}</ol>`
}
