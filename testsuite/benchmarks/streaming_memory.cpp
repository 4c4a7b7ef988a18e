// azoth_streaming_memory URL...: streams ten million rows from each database and tells how much the process grew meanwhile.
#include "process_memory.hpp"

#include <azoth/azoth.hpp>

#include <fmt/format.h>

#include <chrono>
#include <cstdint>
#include <exception>
#include <string>

namespace az = azoth;

namespace {

constexpr auto ten_million_rows =
    "WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 216) "
    "SELECT a.i * 46656 + b.i * 216 + c.i AS number, 'a text of some forty characters, row by row' AS words FROM n a, n b, n c";

void measure(const std::string& address) {
    const auto engine = az::create_engine(address);
    auto c = engine.connect();
    const auto query = az::text(ten_million_rows).columns<std::int64_t, std::string>();
    const std::string name = engine.dialect().info().dialect + "+" + engine.dialect().info().driver;
    if (!c.server_profile().can.streaming) {
        fmt::print("{:<28} does not claim to stream\n", name);
        return;
    }
    bench::reset_peak();
    const auto before = bench::process_memory("VmRSS");
    const auto start = std::chrono::steady_clock::now();
    std::int64_t rows = 0;
    std::size_t bytes = 0;
    for (const auto& [number, words] : c.execute(query).stream()) {
        ++rows;
        bytes += words.size();
    }
    const auto took = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    fmt::print("{:<28} {} rows, {} MiB of text, in {:.1f} s; the process grew by {} KiB at most\n", name, rows, bytes >> 20, took,
               bench::process_memory("VmHWM") - before);
}

}  // namespace

int main(int argc, char** argv) {
    try {
        for (int i = 1; i < argc; ++i) measure(argv[i]);
        return 0;
    } catch (const std::exception& e) {
        fmt::print(stderr, "azoth_streaming_memory: {}\n", e.what());
        return 1;
    }
}
