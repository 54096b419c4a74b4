// W2: fifty borrowers a path who live on a common rent and default once their cash is gone. One thread: the yardstick
// for the project's kernel. The defaulted draw nothing, but count in the nominal rate.
//   g++ -std=c++17 -O3 -march=native borrowers.cpp -o borrowers && ./borrowers [SEED [PATHS]]
#include "common.hpp"
#include "random.hpp"

#include <array>

namespace {

using yardstick::dt;
using yardstick::steps;

constexpr int borrowers = 50;
constexpr double debt = 100, collateral = 130, first_liquidity = 6, cost = .40, margin = .42;

struct Outcome {
  std::vector<double> losses;  // path loss / total debt
  std::size_t defaults = 0;
};

Outcome simulate(std::uint64_t seed, std::size_t paths) {
  const double keep = std::exp(-2 * dt);
  const double deviation = .6 * std::sqrt((1 - keep * keep) / 4);
  const double jump_probability = 1 - std::exp(-2 * dt);
  std::array<double, steps> aged_collateral;
  for (int day = 0; day < steps; ++day) aged_collateral[day] = collateral * std::exp(-.35 * (day + 1) * dt);

  yardstick::Random random(seed);
  Outcome outcome{std::vector<double>(paths), 0};
  std::array<double, borrowers> liquidity;  // of the borrowers still active, packed at the front
  std::array<double, borrowers + borrowers % 2> draws;
  for (double& path_loss : outcome.losses) {
    liquidity.fill(first_liquidity);
    int active = borrowers;
    double price = 0, pressure = 0, loss = 0;
    for (int day = 0; day < steps; ++day) {
      price = price * keep + deviation * random.normal();
      if (random.uniform() < jump_probability) price += -.10 + .08 * random.normal();
      const double mean_log_income = price - .5 * .5 * .5;
      random.normals(draws.data(), static_cast<std::size_t>(active + active % 2));
      int still_active = 0;
      for (int i = 0; i < active; ++i) {
        const double left = liquidity[i] + std::exp(mean_log_income + .5 * draws[i]) * margin - cost;
        liquidity[still_active] = left;
        still_active += left >= 0;
      }
      const int fallen = active - still_active;
      if (fallen > 0) {
        const double haircut = std::min(.6, .1 + .02 * pressure);
        const double recovered = aged_collateral[day] * std::exp(.5 * price) * (1 - haircut);
        loss += fallen * std::max(0.0, debt - recovered);
        active = still_active;
      }
      pressure = .9 * pressure + fallen;
    }
    path_loss = loss / (borrowers * debt);
    outcome.defaults += static_cast<std::size_t>(borrowers - active);
  }
  return outcome;
}

}  // namespace

int main(int argc, char** argv) {
  const auto [seed, paths] = yardstick::parse(argc, argv, 2'000);
  const yardstick::Stopwatch watch;
  Outcome outcome = simulate(seed, paths);
  const double mean = yardstick::mean(outcome.losses);
  const double value_at_risk = yardstick::quantile(outcome.losses, .99);
  const double seconds = watch.seconds(), cpu_seconds = watch.cpu_seconds();
  const double agents = static_cast<double>(paths) * borrowers;
  std::printf(
      "{\"workload\":\"W2\",\"impl\":\"C++17\",\"version\":\"%s\",\"threads\":1,\"paths\":%zu,\"steps\":%d,"
      "\"agents\":%d,\"seconds\":%.6f,\"cpu_s\":%.6f,\"rate\":%.0f,\"unit\":\"agent-steps/s\","
      "\"results\":{\"defaultRate\":%.9g,\"meanLoss\":%.9g,\"var99\":%.9g}}\n",
      __VERSION__, paths, steps, borrowers, seconds, cpu_seconds, agents * steps / seconds,
      static_cast<double>(outcome.defaults) / agents, mean, value_at_risk);
}
