#pragma once

#include "harness.hpp"
#include "our_loops.hpp"

#include <functional>
#include <string>
#include <vector>

namespace bench {

constexpr std::size_t new_objects = 50'000;

// The ORM's side of each comparison: nanoseconds for an object, in a session of its own.
/// Empties the table first, which is not timed, as making the objects is not.
double flush_objects(const azoth::engine& engine, const std::vector<Item>& items);
double get_objects(const azoth::engine& engine, std::size_t lookups);
double load_objects(const azoth::engine& engine, std::size_t rows);

/// A server's table, and the loops by hand that the ORM runs beside.
struct server_loops {
    std::string name{};  ///< what the benchmarks' names begin with
    azoth::engine engine;
    std::function<void(std::size_t)> fill{};
    std::function<void()> empty{};
    std::function<double()> insert{};  ///< one by one, keys read
    std::function<double()> select{};  ///< of the small table
    std::function<double()> scan{};    ///< of the small table
};
void add_orm_benchmarks(std::vector<benchmark>& to, const server_loops& on);

}  // namespace bench
