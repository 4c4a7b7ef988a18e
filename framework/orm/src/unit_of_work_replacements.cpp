#include "unit_of_work.hpp"

#include "computed_columns.hpp"
#include "row_statements.hpp"
#include "versioning.hpp"

#include <azoth/sql/dml.hpp>

#include <utility>

// New objects that come with the keys of removed ones: their rows are updated, so that what refers to them may stay.
namespace azoth::orm::detail {

instance* unit_of_work::replaced_by(const instance& i) const {
    const auto at = plan_.replaced.find(&i);
    return at == plan_.replaced.end() ? nullptr : at->second;
}

/// What an insert would leave to the database becomes the column's default; null: the row is all key.
node_ptr unit_of_work::replacement_of(const class_part& part, instance& i, std::span<const std::size_t> sent,
                                      std::span<const std::size_t> made) {
    const entity_class& of = *i.of;
    const instance& before = *replaced_by(i);
    auto update = azoth::detail::make_update(node_ptr{part.table->table});
    session_.scratch().clear();
    for (const std::size_t p : sent) {
        const std::size_t c = part.columns[p];
        if (!of.columns[c].spec->primary_key)
            update->values.push_back({of.columns[c].node, bind_of(column_of(i, c, session_.scratch()), of.columns[c].spec->type)});
    }
    const bool has_word = session_.connection_of(i).server_profile().can.update_to_default;
    for (const std::size_t p : made) {
        const std::size_t c = part.columns[p];
        if (is_computed(of, c) || of.columns[c].spec->generated) continue;
        const bool is_named = has_word || of.columns[c].spec->on_insert;
        update->values.push_back(
            {of.columns[c].node, is_named ? make_node<const default_value_node>() : of.columns[c].details->server_default});
    }
    if (update->values.empty()) return {};
    add_key(update->where, part, committed_key(before));
    add_version(update->where, part, before);
    return node_ptr{update};
}

void unit_of_work::replace_rows(const class_part& part, std::span<instance* const> objects, std::span<const std::size_t> sent,
                                std::span<const std::size_t> made) {
    std::vector<node_ptr> statements;
    std::vector<instance*> written;
    for (instance* i : objects) {
        auto statement = replacement_of(part, *i, sent, made);
        if (!statement) continue;
        session_.count_statement(statement);
        statements.push_back(std::move(statement));
        written.push_back(i);
    }
    if (!statements.empty()) {
        auto results = session_.connection_of(*objects.front()).run_batch(statements, {});
        for (std::size_t i = 0; i < results.size(); ++i)
            if (results[i].affected_rows() == 0) throw_stale(*replaced_by(*written[i]), "changed or deleted");
    }
    std::vector<std::size_t> places;
    for (const std::size_t p : made) places.push_back(part.columns[p]);
    (void)read_columns(session_, objects, places);
}

}  // namespace azoth::orm::detail
