#include "database_groups.hpp"
#include "relation_access.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

namespace azoth::orm::detail {

std::vector<cell> key_of(const instance& i, arena& scratch) {
    std::vector<cell> key;
    for (const std::size_t c : i.of->key) key.push_back(column_of(i, c, scratch));
    return key;
}

std::vector<cell> said_by_object(const entity_class& of, std::span<const cell> key, arena& scratch) {
    instance& speaker = *make_instance(of);
    const std::unique_ptr<instance, void (*)(instance*) noexcept> ends{&speaker, end_instance};
    for (std::size_t k = 0; k < of.key.size(); ++k) set_column(speaker, of.key[k], key[k]);
    std::vector<cell> said = key_of(speaker, scratch);
    for (cell& c : said) c = scratch.copy(c);
    return said;
}

std::vector<value> key_of_row(const instance& i) {
    arena scratch;
    if (!i.committed && !has_key(i, scratch)) return {};
    std::vector<value> key;
    for (const std::size_t c : i.of->key) key.emplace_back(i.committed ? i.committed[c] : column_of(i, c, scratch));
    return key;
}

bool has_key(const instance& i, arena& scratch) {
    return std::ranges::none_of(i.of->key, [&](std::size_t c) {
        const cell value = column_of(i, c, scratch);
        return i.of->columns[c].spec->generated ? is_unset(value) : value.is_null();
    });
}

std::string describe_object(const instance& i) {
    arena scratch;
    if (!has_key(i, scratch)) return fmt::format("a new {}", i.of->name());
    std::string text = i.of->name();
    for (const cell& c : key_of(i, scratch)) text += ' ' + describe(c);
    return text;
}

instance* known_target(const instance& owner, const relation_info& r) {
    const one_base& one = relation_access::one_of(owner, r);
    if (one.is_loaded()) return relation_access::target(one);
    session_core* session = session_of(owner);
    if (!session || r.direction != relation_direction::to_parent) return nullptr;
    arena scratch;
    return find_parent(*session, r, [&](std::size_t column) { return column_of(owner, column, scratch); });
}

}  // namespace azoth::orm::detail
