#include <azoth/schema/compare.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace azoth {
namespace {

class storage_comparer {
public:
    explicit storage_comparer(const profile& server) noexcept : has_plain_identities_{!server.can.schema.identity_columns} {}

    void add(const table_definition& a, const table_definition& b) {
        std::set<std::string_view> names;
        for (const auto* t : {&a, &b})
            for (const auto& [name, value] : t->options) names.insert(name);
        for (const auto name : names) changed(a.name(), fmt::format("the option {}", name), value_of(a, name), value_of(b, name));
        if (!has_plain_identities_) return;
        for (std::size_t i = 0; i < a.details.size(); ++i) {
            const std::string& column = a.node->columns[i].name;
            const auto other = std::ranges::find(b.node->columns, column, &column_spec::name);
            if (other == b.node->columns.end()) continue;
            const auto j = static_cast<std::size_t>(other - b.node->columns.begin());
            changed(a.name(), fmt::format("whether numbers of \"{}\" are given again", column), numbers_of(a, i), numbers_of(b, j));
        }
    }
    std::vector<schema_difference> found{};

private:
    static std::string value_of(const table_definition& t, std::string_view option) {
        const auto found = t.options.find(option);
        return found == t.options.end() ? std::string{} : found->second;
    }
    static std::string numbers_of(const table_definition& t, std::size_t column) {
        return t.details[column].identity ? "never" : "where rows are gone";
    }
    void changed(object_name of, std::string what, std::string before, std::string after) {
        if (before == after) return;
        found.push_back({schema_difference::kinds::changed, std::move(of), std::move(what), std::move(before), std::move(after)});
    }

    bool has_plain_identities_;  ///< which say that numbers are never given again, and nothing else
};

}  // namespace

std::vector<schema_difference> compare_storage(const schema_definition& first, const schema_definition& second, const profile& server) {
    storage_comparer all{server};
    for (const auto& a : first.tables) {
        const auto b = std::ranges::find_if(second.tables, [&](const table_ptr& t) { return t->name() == a->name(); });
        if (b != second.tables.end()) all.add(*a, **b);
    }
    return std::move(all.found);
}

}  // namespace azoth
