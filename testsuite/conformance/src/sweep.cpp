#include "sweep.hpp"

#include "cleaning.hpp"

#include <azoth/azoth.hpp>

#include <fmt/format.h>

namespace azoth::conformance {
namespace {

/// A table of which the name is all that is known.
metadata named_table(const std::string& name) { return metadata{{table{name, {column("id", type_kind::integer)}}}}; }

}  // namespace

std::vector<std::string> sweep(const url& target, const std::string& prefix) {
    cleaning work{target};
    work.roll_back_prepared([&](const std::string& id) { return id.starts_with(prefix); });
    std::vector<std::string> names;
    work.attempt(fmt::format("tables named {}…", prefix), [&] { names = work.tables_with(prefix); });
    // Those that refer to others are not known: round by round, whatever nobody refers to any more goes.
    for (std::size_t before = 0; !names.empty() && names.size() != before;) {
        before = names.size();
        std::erase_if(names, [&](const auto& name) { return work.drops(named_table(name)); });
    }
    for (const auto& name : names) work.attempt("table " + name, [&] { named_table(name).drop_all(work.database()); });
    return work.left_behind();
}

}  // namespace azoth::conformance
