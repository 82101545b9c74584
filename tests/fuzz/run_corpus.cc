// The quick form of a fuzz target: runs it over the files of folders, and over as many inputs made from these again.
//
//   decimal tests/fuzz/corpus/decimal        RABATT_TEST_SEED, RABATT_TEST_FACTOR: times 2,000
//
// Whatever is wrong ends the program, as it ends a fuzzer; the input is then in failed-input.

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size);

namespace {

using Bytes = std::vector<unsigned char>;

Bytes bytes_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

Bytes running;

void run(const Bytes& input) {
  running = Bytes(input.begin(), input.end());  // of exactly its size, so that reading behind its end is seen
  running.shrink_to_fit();
  LLVMFuzzerTestOneInput(running.data(), running.size());
}

void save_what_was_running(int) {
  std::ofstream("failed-input", std::ios::binary)
      .write(reinterpret_cast<const char*>(running.data()), static_cast<std::streamsize>(running.size()));
}

std::uint64_t from_environment(const char* name) {
  const char* text = std::getenv(name);
  return text ? std::stoull(text) : 1;
}

// Some bytes changed, left out, repeated, or followed by those of another input.
Bytes spoilt(const Bytes& input, const Bytes& other, std::mt19937_64* random) {
  const auto below = [&](std::size_t count) { return count == 0 ? 0 : static_cast<std::size_t>((*random)() % count); };
  Bytes bytes = input;
  for (std::size_t times = 1 + below(4); times > 0; --times) {
    const auto at = bytes.begin() + static_cast<std::ptrdiff_t>(below(bytes.size()));
    const auto rest = static_cast<std::size_t>(bytes.end() - at);
    switch (below(5)) {
      case 0: bytes.insert(at, static_cast<unsigned char>(below(256))); break;
      case 1: bytes.erase(at, at + static_cast<std::ptrdiff_t>(below(std::min<std::size_t>(rest + 1, 9)))); break;
      case 2: bytes.erase(at, bytes.end()), bytes.insert(bytes.end(), other.begin(), other.end()); break;
      case 3: {
        const Bytes part(at, at + static_cast<std::ptrdiff_t>(below(std::min<std::size_t>(rest + 1, 33))));
        bytes.insert(bytes.begin() + static_cast<std::ptrdiff_t>(below(bytes.size() + 1)), part.begin(), part.end());
        break;
      }
      default:
        if (rest > 0) *at = static_cast<unsigned char>(below(256));
    }
  }
  return bytes;
}

}  // namespace

int main(int count, char** arguments) {
  std::vector<Bytes> corpus;
  for (int i = 1; i < count; ++i) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(arguments[i])) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::transform(files.begin(), files.end(), std::back_inserter(corpus), bytes_of);
  }
  std::signal(SIGABRT, save_what_was_running);
  if (corpus.empty()) return std::cerr << "no corpus\n", 1;
  for (const auto& input : corpus) run(input);
  const auto seed = from_environment("RABATT_TEST_SEED");
  const auto made = 2'000 * from_environment("RABATT_TEST_FACTOR");
  std::mt19937_64 random(seed);
  for (std::uint64_t i = 0; i < made; ++i) {
    const auto& input = corpus[random() % corpus.size()];
    const auto& other = corpus[random() % corpus.size()];
    const Bytes bytes = spoilt(input, other, &random);
    run(bytes);
  }
  std::cout << "fuzz corpus " << std::filesystem::path(arguments[1]).filename().string() << ": seed " << seed << ", "
            << corpus.size() << " inputs and " << made << " made of them tried, 0 failed\n";
}
