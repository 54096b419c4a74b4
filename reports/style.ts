/** The look of the page: light, dark, phone and print, without a font or image from elsewhere. */
export const style = `
:root{color-scheme:light dark;--paper:#fdfdfb;--card:#f4f4ef;--ink:#1a1d21;--soft:#5c6670;--line:#dcdfe0;--accent:#1762a6;--bad:#b8480f;--mark:#fff3d6;
--serif:Charter,"Bitstream Charter","Iowan Old Style","Source Serif 4",Cambria,Georgia,serif;--sans:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;--mono:ui-monospace,"SF Mono",Menlo,Consolas,monospace}
@media (prefers-color-scheme:dark){:root{--paper:#14171a;--card:#1d2126;--ink:#e6e8ea;--soft:#9aa4ae;--line:#333a41;--accent:#6cb0ee;--bad:#f09556;--mark:#4a3a12}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}
body{margin:0;background:var(--paper);color:var(--ink);font:17px/1.55 var(--serif);font-kerning:normal}
.page{max-width:1140px;margin:0 auto;padding:0 24px 80px;display:grid;grid-template-columns:190px minmax(0,760px);column-gap:56px}
header,main,footer{grid-column:2}
nav{grid-column:1;grid-row:1/span 3;font:14px/1.35 var(--sans)}
nav ol{position:sticky;top:24px;list-style:none;margin:40px 0 0;padding:0}
nav li{margin:0 0 2px}
nav a{display:block;padding:4px 0;color:var(--soft);text-decoration:none}
nav a:hover{color:var(--ink);text-decoration:underline}
header{padding-top:40px}
h1,h2,h3,h4{line-height:1.2;font-weight:600;text-wrap:balance}
h1{font-size:36px;margin:.2em 0 .45em;letter-spacing:-.01em}
h2{font-size:26px;margin:0 0 .6em}
h3{font-size:19px;margin:2px 0 4px;text-wrap:pretty}
h4{font:600 15px/1.3 var(--sans);margin:1.6em 0 .4em}
p{margin:0 0 .9em}
a{color:var(--accent)}
section{padding-top:28px;margin-top:52px;border-top:1px solid var(--line);scroll-margin-top:0}
.kicker,.facts,.disclaimer{font:14px/1.5 var(--sans);color:var(--soft)}
.kicker b{color:var(--ink)}
.disclaimer{border-left:3px solid var(--bad);padding:2px 0 2px 12px;color:var(--ink);margin:18px 0 0}
.disclaimer+p{margin-top:22px}
.warning{font:15px/1.45 var(--sans);background:var(--mark);padding:10px 14px;border-radius:4px}
.missing{font:15px/1.45 var(--sans);color:var(--soft);border:1px dashed var(--line);padding:10px 14px}
.answers{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:16px;margin:28px 0 0;font-family:var(--sans)}
.answer{background:var(--card);border-radius:6px;padding:16px 18px 12px;break-inside:avoid}
.answer h3{font:600 16px/1.3 var(--sans);margin:0 0 10px;text-wrap:pretty}
.answer dl{margin:0}
.answer dt{font-size:13.5px;line-height:1.35;color:var(--soft);margin-top:10px}
.answer dd{margin:1px 0 0}
.stated b{font:600 17px/1.3 var(--sans);font-variant-numeric:tabular-nums}
.stated .interval,.stated .basis{display:inline-block;font:13.5px/1.35 var(--sans);color:var(--soft);font-variant-numeric:tabular-nums}
.stated .interval{color:var(--ink)}
.answer .stated b{display:block}
.answer .stated .interval{margin-right:10px}
.indication{display:inline-block;border:1px solid var(--bad);color:var(--bad);border-radius:3px;padding:0 4px;font-size:11.5px;line-height:1.4}
.table{overflow-x:auto;margin:0 0 1em}
table{border-collapse:collapse;width:100%;font:14.5px/1.4 var(--sans);font-variant-numeric:tabular-nums}
caption{text-align:left;font:600 15px/1.3 var(--sans);padding:0 0 6px}
th.number,td.number{min-width:112px}
th{font-weight:600;font-size:13px;color:var(--soft);text-align:left;vertical-align:bottom;border-bottom:1.5px solid var(--ink);padding:6px 14px 6px 0}
td{vertical-align:top;border-bottom:1px solid var(--line);padding:8px 14px 8px 0}
td:last-child,th:last-child{padding-right:0}
td .stated b{font-size:14.5px;display:block}.stated .interval b,td .stated .interval b{font-size:13.5px;display:inline}
td .stated .interval,td .stated .basis{display:block;font-size:12.5px}
td code,p code,li code,dd code{font:12.5px/1.4 var(--mono);color:var(--soft);overflow-wrap:anywhere}
td small{display:block;color:var(--soft);font-size:12.5px;line-height:1.4}
tr.changed td:first-child{box-shadow:inset 3px 0 0 var(--bad);padding-left:10px}
.figure{margin:36px 0 44px;padding:0}
.figure .question{font:600 14px/1.35 var(--sans);color:var(--accent);margin:0}
.figure .number{color:var(--soft);font-weight:400;margin-right:4px}
.figure .units{font:14px/1.4 var(--sans);color:var(--soft);margin:0 0 12px}
figcaption{font:13.5px/1.45 var(--sans);color:var(--soft);margin-top:8px;max-width:680px}
figcaption p{margin:0 0 .45em}
.data{margin-top:8px}
.download{font:600 13px/1.4 var(--sans)}
.chart{display:block;height:auto;max-width:100%;font:12.5px var(--sans);color:var(--ink);background:none;overflow:visible}
.chart text,.chart tspan{white-space:pre;font-variant-numeric:tabular-nums}
.narrow{display:none}
.panels{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:18px 40px}
.panel{break-inside:avoid;min-width:0}
.panel-label{font:13.5px/1.35 var(--sans);margin:0 0 4px}
.panel-label span{color:var(--soft)}
.panel-label b{font-weight:600}
.story{padding-top:8px}
.story+.story{margin-top:44px;border-top:1px dotted var(--line);padding-top:28px}
.events{list-style:none;margin:0 0 1em;padding:0;font:15px/1.45 var(--sans)}
.events li{display:grid;grid-template-columns:190px minmax(0,1fr);gap:12px;padding:4px 0;border-bottom:1px solid var(--line)}
.events time{color:var(--soft);font-variant-numeric:tabular-nums}
details{margin:0 0 10px}
summary{cursor:pointer;font:600 15px/1.4 var(--sans);padding:6px 0}
pre{font:12px/1.45 var(--mono);background:var(--card);padding:14px;border-radius:4px;overflow-x:auto;white-space:pre-wrap;overflow-wrap:anywhere}
dl.manifest{display:grid;grid-template-columns:150px minmax(0,1fr);gap:4px 16px;font:14.5px/1.45 var(--sans)}
dl.manifest dt{color:var(--soft)}
dl.manifest dd{margin:0;overflow-wrap:anywhere}
.limits li{margin-bottom:.55em}
footer{font:13.5px/1.5 var(--sans);color:var(--soft);border-top:1px solid var(--line);margin-top:56px;padding-top:18px}
#explorer-view{font-family:var(--sans);min-height:120px;display:flex;flex-direction:column}
#explorer-view .vega-bindings{order:-1}#explorer-view .chart-wrapper{overflow:visible}#vg-tooltip-element{font-family:var(--sans)}
#explorer-view .vega-bindings{display:flex;flex-wrap:wrap;gap:8px 22px;margin:0 0 14px;font:14px/1.4 var(--sans);color:var(--ink)}
#explorer-view .vega-bind{display:flex;align-items:center;gap:8px}
#explorer-view .vega-bind-name{color:var(--soft)}
#explorer-view .vega-bind{max-width:100%;min-width:0}#explorer-view label{display:flex;gap:8px;align-items:center;max-width:100%;min-width:0}#explorer-view select{min-width:0;width:100%}
#explorer-view select,#explorer-view input{font:14px var(--sans);accent-color:var(--accent);max-width:100%}
#explorer-view select{background:var(--card);color:var(--ink);border:1px solid var(--line);border-radius:4px;padding:4px 6px}
#explorer-view svg{max-width:100%;height:auto}
#explorer-words{margin-top:14px}
@media (max-width:1080px){.page{grid-template-columns:minmax(0,760px);justify-content:center}header,main,footer,nav{grid-column:1}nav{grid-row:auto;order:0}
nav ol{position:static;display:flex;flex-wrap:wrap;gap:2px 16px;margin:0;padding:18px 0 0}header{padding-top:14px}}
@media (max-width:640px){body{font-size:16px}.page{padding:0 16px 60px}h1{font-size:27px}h2{font-size:22px}h3{font-size:17.5px}.answers{grid-template-columns:minmax(0,1fr)}
nav ol{flex-wrap:nowrap;overflow-x:auto;gap:16px;padding:12px 0;white-space:nowrap}
.wide{display:none}.narrow{display:block}.panels{grid-template-columns:minmax(0,1fr)}
.events li{grid-template-columns:minmax(0,1fr);gap:0}
dl.manifest{grid-template-columns:minmax(0,1fr);gap:0}dl.manifest dd{margin-bottom:8px}
table.stack thead{display:none}
table.stack,table.stack tbody,table.stack tr,table.stack td{display:block;width:100%}
table.stack tr{border-bottom:1px solid var(--line);padding:10px 0}
table.stack td{border:0;padding:3px 0}
table.stack td[data-label]:not(:first-child):before{content:attr(data-label);display:block;font-size:12px;color:var(--soft)}
tr.changed td:first-child{padding-left:10px}}
@media print{:root{--paper:#fff;--card:#f6f6f2;--ink:#000;--soft:#4a4a4a;--line:#ccc;--accent:#14558f;--bad:#a33f0c}
@page{size:A4;margin:17mm 16mm}body{font-size:10.5pt;background:#fff}.page{display:block;max-width:none;padding:0}nav,.screen-only{display:none}
section{break-inside:auto;margin-top:22pt;padding-top:12pt}h2,h3,.question,.units{break-after:avoid}figure,.drawing,tr,.answer{break-inside:avoid}
.wide{display:block}.narrow{display:none}.panels{grid-template-columns:repeat(2,minmax(0,1fr))}
details::details-content{content-visibility:visible;display:block}details>summary{list-style:none}
a{color:inherit;text-decoration:none}.download{display:none}.table{overflow:visible}table{font-size:8.5pt}td .stated b{font-size:8.5pt}td .stated .interval,td .stated .basis,td small{font-size:7.5pt}}
`
