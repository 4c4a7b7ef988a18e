// azoth_reflection URL: reads the schema of a database, and prints how many tables it has, how many queries that took, and how many
// seconds.
#include <azoth/azoth.hpp>

#include <fmt/format.h>

#include <chrono>
#include <exception>
#include <stdexcept>

namespace az = azoth;

int main(int argc, char** argv) {
    try {
        if (argc != 2) throw std::runtime_error{"usage: azoth_reflection URL"};
        const az::engine engine = az::create_engine(argv[1]);
        int queries = 0;
        const az::subscription counting = engine.subscribe({.before_execute = [&](const az::execution_event&) { ++queries; }});
        const auto start = std::chrono::steady_clock::now();
        az::metadata all;
        all.reflect(engine);
        const auto took = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        fmt::print("{} {} {:.3f}\n", all.definition().tables.size(), queries, took);
        return 0;
    } catch (const std::exception& e) {
        fmt::print(stderr, "azoth_reflection: {}\n", e.what());
        return 1;
    }
}
