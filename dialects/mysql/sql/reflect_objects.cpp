#include "reflect_objects.hpp"

#include "catalogue_rows.hpp"
#include "find_tables.hpp"
#include "native_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <limits>
#include <span>

namespace azoth::mysql {
namespace {

using std::string_view;

std::vector<object_name> reads_of(string_view query, const catalogue_place& place, const std::vector<std::string>& known) {
    std::vector<object_name> reads;
    for (auto& name : names_read(query, place.database, known)) reads.push_back({place.schema, std::move(name)});
    return reads;
}

void note_view(const catalogue_row& row, const object_name& name, std::vector<reflection_note>& notes) {
    const auto note = [&](std::string what) { notes.push_back({name, std::move(what)}); };
    if (said(row[1]).empty()) note("the view's query cannot be read: the user has no right to (SHOW VIEW)");
    if (said(row[2]) != "NONE") note(fmt::format("the view is WITH {} CHECK OPTION, which is left out", said(row[2])));
    if (said(row[3]) != "DEFINER") note(fmt::format("the view has SQL SECURITY {}, which is left out", said(row[3])));
    if (row[4] && *row[4] != "UNDEFINED") note(fmt::format("the view has ALGORITHM = {}, which is left out", *row[4]));
}

/// What counts for nothing is not said: the server's own choice.
std::optional<std::int64_t> unless(std::int64_t value, std::int64_t usual) { return value == usual ? std::nullopt : std::optional{value}; }

sequence_options options_of(const catalogue_row& row) {
    std::array<std::int64_t, 6> n{};  // start, minimum, maximum, increment, cache, cycle
    for (std::size_t i = 0; i < n.size(); ++i)
        if (const auto& text = row[i]) std::from_chars(text->data(), text->data() + text->size(), n[i]);
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max() - 1;
    const bool rises = n[3] > 0;
    return {.start = unless(n[0], rises ? n[1] : n[2]),
            .increment = unless(n[3], 1),
            .minimum = unless(n[1], rises ? 1 : -most - 1),
            .maximum = unless(n[2], rises ? most : -1),
            .cache = unless(n[4], 1000),
            .cycle = n[5] != 0};
}

std::vector<catalogue_row> sequence_rows(executor& on, const catalogue_place& place) {
    const std::array parameters{cell::text(place.database)};
    return rows_of(on,
                   "SELECT TABLE_NAME, TABLE_COMMENT FROM information_schema.TABLES WHERE TABLE_TYPE = 'SEQUENCE' AND "
                   "TABLE_SCHEMA = ? ORDER BY TABLE_NAME",
                   parameters);
}

std::vector<found_sequence> with_states(executor& on, const catalogue_place& place, std::span<const catalogue_row> sequences,
                                        string_view columns) {
    if (sequences.empty()) return {};
    std::string sql;
    std::vector<found_sequence> found;
    for (const auto& r : sequences) {
        sql += fmt::format("{}SELECT {}, {} FROM {}", found.empty() ? "" : " UNION ALL ", columns, found.size(),
                           quoted_name(place.database, said(r[0])));
        found.push_back({said(r[0]), said(r[1]), {}});
    }
    for (auto& r : rows_of(on, sql)) {
        std::size_t at = 0;
        std::from_chars(r.back()->data(), r.back()->data() + r.back()->size(), at);
        found.at(at).state = std::move(r);
    }
    return found;
}

std::vector<found_sequence> with_states_one_by_one(executor& on, const catalogue_place& place, std::span<const catalogue_row> sequences,
                                                   string_view columns) {
    std::vector<found_sequence> found;
    for (std::size_t i = 0; i < sequences.size(); ++i) try {
            std::ranges::move(with_states(on, place, sequences.subspan(i, 1), columns), std::back_inserter(found));
        } catch (const error& e) {
            if (e.code() != errc::no_such_table) throw;  // else dropped since it was listed
        }
    return found;
}

}  // namespace

std::vector<view_definition> views_of(executor& on, const catalogue_place& place, const std::vector<found_table>& found,
                                      std::vector<reflection_note>& notes) {
    const std::array parameters{cell::text(place.database)};
    const auto known = rows_of(on, "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = ?", parameters);
    std::vector<std::string> names;
    for (const auto& r : known) names.push_back(said(r[0]));
    std::vector<view_definition> views;
    for (const auto& r : rows_of(on,
                                 fmt::format("SELECT TABLE_NAME, VIEW_DEFINITION, CHECK_OPTION, SECURITY_TYPE, {} FROM "
                                             "information_schema.VIEWS WHERE TABLE_SCHEMA = ? ORDER BY TABLE_NAME",
                                             place.is_mariadb ? "ALGORITHM" : "NULL"),
                                 parameters)) {
        const auto table = std::ranges::find(found, said(r[0]), &found_table::name);
        if (table == found.end()) continue;
        view_definition v{.name = {place.schema, said(r[0])}};
        note_view(r, v.name, notes);
        v.query = make_node<const native_sql_node>("mysql", own_sql(place, said(r[1]), false));
        v.columns = view_columns(*table, place, notes);
        for (const auto& c : table->columns) v.native_types.push_back(c.type);
        if (v.columns.empty()) notes.push_back({v.name, "the view is broken: it reads what is not there"});
        v.reads = reads_of(with_our_quotes(said(r[1])), place, names);
        views.push_back(std::move(v));
    }
    return views;
}

std::vector<found_sequence> find_sequences(executor& on, const catalogue_place& place, string_view columns) {
    const auto listed = sequence_rows(on, place);
    try {
        return with_states(on, place, listed, columns);
    } catch (const error& e) {
        if (e.code() != errc::no_such_table) throw;
    }
    return with_states_one_by_one(on, place, listed, columns);
}

std::vector<sequence_definition> sequences_of(executor& on, const catalogue_place& place) {
    std::vector<sequence_definition> sequences;
    for (auto& s : find_sequences(on, place, "start_value, minimum_value, maximum_value, increment, cache_size, cycle_option"))
        sequences.push_back({{place.schema, std::move(s.name)}, options_of(s.state), std::move(s.comment)});
    return sequences;
}

}  // namespace azoth::mysql
