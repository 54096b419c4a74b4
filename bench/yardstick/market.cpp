// W1: four correlated factors with jumps, one year of daily steps a path. One thread: the yardstick for the project's
// kernel.
//   g++ -std=c++17 -O3 -march=native market.cpp -o market && ./market [SEED [PATHS]]
#include "common.hpp"
#include "random.hpp"

#include <array>

namespace {

using yardstick::dt;
using yardstick::steps;

// Lower Cholesky factor of the correlation of rent, ether, borrow rate and resale price.
struct Correlation {
  double lower[4][4] = {};

  Correlation() {
    constexpr double c[4][4] = {{1, .3, -.1, .5}, {.3, 1, .2, .2}, {-.1, .2, 1, 0}, {.5, .2, 0, 1}};
    for (int i = 0; i < 4; ++i) {
      for (int j = 0; j <= i; ++j) {
        double rest = c[i][j];
        for (int k = 0; k < j; ++k) rest -= lower[i][k] * lower[j][k];
        lower[i][j] = i == j ? std::sqrt(rest) : rest / lower[j][j];
      }
    }
  }
};

// Exact step of dx = kappa (theta - x) dt + sigma dW.
struct OrnsteinUhlenbeck {
  double keep, pull, deviation;

  OrnsteinUhlenbeck(double kappa, double theta, double sigma)
      : keep(std::exp(-kappa * dt)),
        pull(theta * (1 - keep)),
        deviation(sigma * std::sqrt((1 - keep * keep) / (2 * kappa))) {}

  double step(double x, double z) const { return x * keep + pull + deviation * z; }
};

// Exact step of the logarithm of geometric Brownian motion.
struct LogBrownian {
  double drift, deviation;

  LogBrownian(double mu, double sigma) : drift((mu - .5 * sigma * sigma) * dt), deviation(sigma * std::sqrt(dt)) {}

  double step(double y, double z) const { return y + drift + deviation * z; }
};

std::vector<double> simulate(std::uint64_t seed, std::size_t paths) {
  const Correlation correlation;
  const auto& l = correlation.lower;
  const OrnsteinUhlenbeck rent(2, 0, .6), rate(6, .06, .05);
  const LogBrownian ether(.05, .75), resale(-.35, .20);
  const double jump_probability = 1 - std::exp(-2 * dt);
  yardstick::Random random(seed);
  std::vector<double> losses(paths);
  std::array<double, 4 * steps> draws;
  for (double& loss : losses) {
    random.normals(draws.data(), draws.size());
    const double* z = draws.data();
    double x1 = 0, y2 = 0, r3 = .06, y4 = 0, accrued = 0;
    for (int step = 0; step < steps; ++step, z += 4) {
      const double z1 = z[0], z2 = z[1], z3 = z[2], z4 = z[3];
      x1 = rent.step(x1, z1);
      y2 = ether.step(y2, l[1][0] * z1 + l[1][1] * z2);
      r3 = rate.step(r3, l[2][0] * z1 + l[2][1] * z2 + l[2][2] * z3);
      y4 = resale.step(y4, l[3][0] * z1 + l[3][1] * z2 + l[3][2] * z3 + l[3][3] * z4);
      accrued += r3 * dt;
      if (random.uniform() < jump_probability) x1 += -.10 + .08 * random.normal();
    }
    loss = .7 * std::exp(accrued) - (.5 * std::exp(x1) + .2 * std::exp(y2) + .3 * std::exp(y4));
  }
  return losses;
}

}  // namespace

int main(int argc, char** argv) {
  const auto [seed, paths] = yardstick::parse(argc, argv, 10'000);
  const yardstick::Stopwatch watch;
  std::vector<double> losses = simulate(seed, paths);
  const double mean = yardstick::mean(losses);
  const double value_at_risk = yardstick::quantile(losses, .99);
  const double expected_shortfall = yardstick::mean_above(losses, value_at_risk);
  const double seconds = watch.seconds(), cpu_seconds = watch.cpu_seconds();
  std::printf(
      "{\"workload\":\"W1\",\"impl\":\"C++17\",\"version\":\"%s\",\"threads\":1,\"paths\":%zu,\"steps\":%d,"
      "\"seconds\":%.6f,\"cpu_s\":%.6f,\"rate\":%.0f,\"unit\":\"path-steps/s\","
      "\"results\":{\"mean\":%.9g,\"var99\":%.9g,\"es99\":%.9g}}\n",
      __VERSION__, paths, steps, seconds, cpu_seconds, static_cast<double>(paths) * steps / seconds, mean, value_at_risk,
      expected_shortfall);
}
