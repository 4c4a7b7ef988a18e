#include <azoth/orm/check_mapping.hpp>

#include <azoth/base/error.hpp>
#include <azoth/schema/metadata.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>

namespace azoth::orm::detail {
namespace {

using kinds = schema_difference::kinds;

/// What an object's reading and writing depends on; keys, checks, indexes and defaults are the database's own affair.
bool concerns_objects(const schema_difference& d, const table_definition& there) {
    if (d.kind == kinds::missing) return d.what == "table" || d.what.starts_with("column ");
    if (d.kind == kinds::extra) {  // one that wants a value that no object has
        if (!d.what.starts_with("column \"")) return false;
        const std::size_t c = column_index(there, std::string_view{d.what}.substr(8, d.what.size() - 9));
        const column_spec& spec = there.node->columns[c];
        return !spec.nullable && !spec.has_default && !spec.generated && !is_numbered(there, c);
    }
    static constexpr std::array<std::string_view, 5> parts{"the type of ", "the labels of ", "NULL of ", "the primary key", "who numbers"};
    return std::ranges::any_of(parts, [&](std::string_view p) { return d.what.starts_with(p); });
}

std::string in_words(const schema_difference& d) {
    const std::string name = to_string(d.of);
    if (d.kind == kinds::missing) return fmt::format("{}: the database has no {}", name, d.what);
    if (d.kind == kinds::extra) return fmt::format("{}: {} wants a value, and no member has it", name, d.what);
    return fmt::format("{}: {} is {} in the mapping, and {} in the database", name, d.what, d.before, d.after);
}

}  // namespace

std::vector<schema_difference> mapping_differences(std::span<const mapped_table* const> of, const executor_source& in) {
    schema_definition wanted;
    std::set<std::string> schemas;
    for (const mapped_table* t : of) {
        wanted.tables.push_back(std::make_shared<const table_definition>(t->definition));
        schemas.insert(t->table->schema);
    }
    metadata there;
    for (const std::string& schema : schemas) there.reflect(in, {.schema = schema, .views = false, .sequences = false, .enums = false});
    std::vector<schema_difference> found;
    in.with_executor([&](executor& on) {
        for (const table_ptr& table : wanted.tables) {
            const auto& all = there.definition().tables;
            const auto same = std::ranges::find_if(all, [&](const table_ptr& t) { return t->name() == table->name(); });
            if (same == all.end()) {
                found.push_back({kinds::missing, table->name(), "table", {}, {}});
                continue;
            }
            schema_definition ours;
            schema_definition theirs;
            ours.tables = {table};
            theirs.tables = {*same};
            for (auto& d : compare(ours, theirs, on.rules(), on.server_profile(), {.comments = false}))
                if (concerns_objects(d, **same)) found.push_back(std::move(d));
        }
    });
    return found;
}

void check_mapping(std::span<const mapped_table* const> of, const executor_source& in) {
    const auto differences = mapping_differences(of, in);
    if (differences.empty()) return;
    std::string message = "the database's tables are not what the mappings say:";
    for (const schema_difference& d : differences) message += "\n  " + in_words(d);
    throw_error(errc::mapping, message);
}

}  // namespace azoth::orm::detail
