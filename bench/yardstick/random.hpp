// xoshiro256++ 1.0 (Blackman and Vigna, https://prng.di.unimi.it) and Marsaglia's polar normals.
#pragma once

#include <array>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace yardstick {

class Random {
 public:
  static constexpr std::size_t largest_block = 2048;

  explicit Random(std::uint64_t seed) {
    for (auto& word : state_) {  // splitmix64, as the authors of xoshiro advise
      seed += 0x9e3779b97f4a7c15ULL;
      std::uint64_t z = seed;
      z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
      z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
      word = z ^ (z >> 31);
    }
  }

  // Uniform in [0, 1), 53 bits.
  double uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

  // One standard normal.
  double normal() {
    double pair[2];
    normals(pair, 2);
    return pair[0];
  }

  // Fills out[0 .. count) with standard normals; count is even and at most `largest_block`. Candidates are kept without
  // a branch: one in five is refused, and a mispredicted branch costs as much as a draw.
  void normals(double* out, std::size_t count) {
    assert(count % 2 == 0 && count <= largest_block);
    const std::size_t pairs = count / 2;
    for (std::size_t kept = 0; kept < pairs;) {
      const double u = symmetric(), v = symmetric();
      const double s = u * u + v * v;
      out[2 * kept] = u;
      out[2 * kept + 1] = v;
      squares_[kept] = s;
      kept += static_cast<std::size_t>(s < 1.0 && s > 0.0);
    }
    for (std::size_t k = 0; k < pairs; ++k) {
      const double scale = std::sqrt(-2.0 * std::log(squares_[k]) / squares_[k]);
      out[2 * k] *= scale;
      out[2 * k + 1] *= scale;
    }
  }

 private:
  static std::uint64_t rotate(std::uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }

  std::uint64_t next() {
    const std::uint64_t result = rotate(state_[0] + state_[3], 23) + state_[0];
    const std::uint64_t t = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= t;
    state_[3] = rotate(state_[3], 45);
    return result;
  }

  // Uniform in [-1, 1), 53 bits.
  double symmetric() { return static_cast<double>(static_cast<std::int64_t>(next()) >> 10) * 0x1.0p-53; }

  std::uint64_t state_[4];
  std::array<double, largest_block / 2> squares_{};
};

}  // namespace yardstick
