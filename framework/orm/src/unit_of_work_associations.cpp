#include "unit_of_work.hpp"

#include "database_groups.hpp"
#include "row_statements.hpp"

#include <azoth/sql/dml.hpp>

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

namespace azoth::orm::detail {
namespace {

std::vector<node_ptr> columns_in(const association& via, const std::vector<column_pair>& pairs) {
    std::vector<node_ptr> columns;
    for (const auto& p : pairs) columns.push_back(via.columns[p.other]);
    return columns;
}

std::vector<cell> key_in(const instance& i, const std::vector<column_pair>& pairs, arena& scratch) {
    std::vector<cell> key;
    for (const auto& p : pairs) key.push_back(column_of(i, p.own, scratch));
    return key;
}

}  // namespace

void unit_of_work::leave_associations() {
    for (const auto& [i, r] : plan_.left) {
        session_.scratch().clear();
        const std::vector<std::vector<cell>> keys{key_in(*i, r->via.own, session_.scratch())};
        auto statement = azoth::detail::make_delete(r->via.table);
        statement->where.push_back(one_of_keys(columns_in(r->via, r->via.own), keys));
        session_.count_statement(node_ptr{statement});
        (void)session_.connection_of(*i).run(node_ptr{statement}, {}, {});
    }
}

void unit_of_work::dissociate() {
    for (const auto& pair : plan_.dissociated) {
        const association& via = pair.by->via;
        session_.scratch().clear();
        std::vector<node_ptr> columns = columns_in(via, via.own);
        std::vector<cell> key = key_in(*pair.one, via.own, session_.scratch());
        std::ranges::copy(columns_in(via, via.other), std::back_inserter(columns));
        std::ranges::copy(key_in(*pair.other, via.other, session_.scratch()), std::back_inserter(key));
        auto statement = azoth::detail::make_delete(via.table);
        for (std::size_t c = 0; c < columns.size(); ++c) statement->where.push_back(equals(columns[c], key[c]));
        session_.count_statement(node_ptr{statement});
        (void)session_.connection_of(*pair.one).run(node_ptr{statement}, {}, {});
    }
}

void unit_of_work::associate() {
    using place = std::pair<const association*, const azoth::pool*>;  // rows are where the one side is
    std::map<place, std::vector<std::vector<value>>> rows;
    std::map<place, const associated_pair*> any;
    for (const auto& pair : plan_.associated) {
        const association& via = pair.by->via;
        session_.scratch().clear();
        std::vector<value> row;
        for (const cell& c : key_in(*pair.one, via.own, session_.scratch())) row.emplace_back(c);
        for (const cell& c : key_in(*pair.other, via.other, session_.scratch())) row.emplace_back(c);
        const place at{&via, session_.has_one_engine() ? nullptr : session_.database_of(table_of(*pair.one->of), key_of_row(*pair.one))};
        rows[at].push_back(std::move(row));
        any[at] = &pair;
    }
    for (const auto& [at, values] : rows) {
        const association* via = at.first;
        auto statement = azoth::detail::make_insert(via->table);
        statement->columns = columns_in(*via, via->own);
        std::ranges::copy(columns_in(*via, via->other), std::back_inserter(statement->columns));
        azoth::detail::value_rows source{values};
        session_.count_statement(node_ptr{statement});
        (void)session_.connection_of(*any[at]->one).insert_rows(statement, source, {});
    }
}

}  // namespace azoth::orm::detail
