// What the yardstick programs share: arguments, the tail of a sample, and the one line of JSON.
#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <vector>

namespace yardstick {

constexpr int steps = 365;
constexpr double dt = 1.0 / 365.0;

struct Arguments {
  std::uint64_t seed;
  std::size_t paths;
};

// PROGRAM [SEED [PATHS]]; ends with status 2 when they are not positive whole numbers.
inline Arguments parse(int count, char** values, std::size_t default_paths) {
  Arguments arguments{1, default_paths};
  char* end = nullptr;
  if (count > 1) arguments.seed = std::strtoull(values[1], &end, 10);
  if (count > 2 && *end == '\0') arguments.paths = std::strtoull(values[2], &end, 10);
  if (count > 3 || (end != nullptr && *end != '\0') || arguments.paths < 2) {
    std::fprintf(stderr, "usage: %s [SEED [PATHS]], whole numbers, at least 2 paths\n", values[0]);
    std::exit(2);
  }
  return arguments;
}

inline double mean(const std::vector<double>& sample) {
  double sum = 0.0;
  for (const double x : sample) sum += x;
  return sum / static_cast<double>(sample.size());
}

// Linearly interpolated quantile (Hyndman and Fan, type 7). Reorders the sample.
inline double quantile(std::vector<double>& sample, double q) {
  const double rank = q * static_cast<double>(sample.size() - 1);
  const auto below = std::min(static_cast<std::size_t>(rank), sample.size() - 2);
  const auto at = sample.begin() + static_cast<std::ptrdiff_t>(below);
  std::nth_element(sample.begin(), at, sample.end());
  const double next = *std::min_element(at + 1, sample.end());
  return *at + (rank - static_cast<double>(below)) * (next - *at);
}

// Mean of the sample at or above a threshold.
inline double mean_above(const std::vector<double>& sample, double threshold) {
  double sum = 0.0;
  std::size_t count = 0;
  for (const double x : sample) {
    if (x >= threshold) {
      sum += x;
      ++count;
    }
  }
  return sum / static_cast<double>(count);
}

class Stopwatch {
 public:
  // Of this process alone: stands still while others have the core.
  double cpu_seconds() const { return static_cast<double>(std::clock() - cpu_start_) / CLOCKS_PER_SEC; }
  double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count(); }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::clock_t cpu_start_ = std::clock();
};

}  // namespace yardstick
