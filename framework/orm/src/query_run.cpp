#include "query_run.hpp"

#include "relation_join.hpp"
#include "row_statements.hpp"

#include <azoth/base/error.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace azoth::orm::detail {
namespace {

bool is_dml(const node& statement) {
    const auto number = statement.kind().number;
    return number == node_numbers::update || number == node_numbers::delete_ || number == node_numbers::insert;
}

row_overwriting::sources source_of(const node& statement) {
    const auto* insert = node_cast<insert_node>(&statement);
    const bool makes_rows = insert && insert->conflict.action == conflict_action::none;
    return makes_rows ? row_overwriting::sources::inserted : row_overwriting::sources::written;
}

/// Where the columns of an element come from; empty where they are no plain columns of one source.
query_side side_at(const select_node& select, std::size_t place, const entity_class& of) {
    query_side side;
    for (std::size_t c = 0; c < of.columns.size(); ++c) {
        const node_ptr& item = select.items[place + c].expression;
        const auto* column = node_cast<column_node>(item);
        if (!column || (side.source && side.source != column->source)) return {};
        side.source = column->source;
        side.columns.push_back(item);
    }
    return side;
}

}  // namespace

bool row_set::add(std::span<const cell> row) {
    const std::uint64_t hash = hash_of(row);
    const auto [from, to] = all_.equal_range(hash);
    for (auto at = from; at != to; ++at) {
        const auto known = at->second.cells();
        if (std::equal(known.begin(), known.end(), row.begin(), row.end(), is_same)) return false;
    }
    all_.emplace(hash, cell_copy{row});
    return true;
}

open_query::open_query(session_core& in, const query_request& what, std::span<const query_element> elements) : session_{in}, what_{what} {
    prepare(elements);
    what_.statement = with_classes(what_.statement);
    place_elements();
    node_ptr statement = what_.statement;
    if (is_dml(*statement)) {
        statement = of_struct(statement);
        if (session_.options.autoflush) session_.flush();
        overwriting_.emplace();
        overwriting_->from = source_of(*statement);
        if (statement->kind().number != node_numbers::insert) written_ = written_objects::before(session_, statement, what_.args);
    } else {
        if (const auto* select = node_cast<select_node>(statement)) statement = planned(*select);
        session_.autoflush(*statement);
        statement = select_columns(statement);
        if (!selections_.empty()) place_elements();
    }
    const auto first = std::ranges::find_if(elements_, [](const query_element& e) { return e.entity != nullptr; });
    rows_ = session_.run(statement, what_.args, first == elements_.end() ? nullptr : first->entity, what_.key);
    check_width();
}

open_query::open_query(session_core& in, const node_handle<insert_node>& statement, azoth::detail::typed_row_source& rows,
                       std::span<const query_element> elements)
    : session_{in} {
    prepare(elements);
    if (session_.options.autoflush) session_.flush();
    overwriting_.emplace();
    overwriting_->from = source_of(*statement);
    session_.count_statement(node_ptr{statement});
    const auto* table = node_cast<table_node>(statement->table);
    rows_ = session_.connection_to_write(table ? std::string_view{table->name} : std::string_view{}).insert_rows(statement, rows, {});
    check_width();
}

void open_query::prepare(std::span<const query_element> elements) {
    elements_.assign(elements.begin(), elements.end());
    auto options = what_.options;
    if (const auto* select = node_cast<select_node>(what_.statement))
        options.insert(options.end(), select->options.begin(), select->options.end());
    said_ = read_options(options);
    if (said_ && said_->overwrites) overwriting_.emplace();
    for (const auto& e : elements_) {
        batches_.push_back(e.entity ? std::make_shared<load_batch>() : nullptr);
        if (e.entity) batches_.back()->options = said_;
        sides_.emplace_back();
        widths_.push_back(e.entity ? e.entity->table->columns.size() : 1);
    }
    objects_.resize(elements_.size());
    place_elements();
}

void open_query::place_elements() {
    places_.clear();
    std::size_t place = 0;
    for (std::size_t e = 0; e < elements_.size(); ++e) {
        places_.push_back(place);
        place += selections_.empty() || !elements_[e].entity ? widths_[e] : selections_[e].width();
    }
    places_.push_back(place);
}

bool open_query::is_to_be_planned() const {
    const auto joins = [](const relation_info& r) { return r.said->how == loading::joined; };
    return said_ || std::ranges::any_of(
                        elements_, [&](const query_element& e) { return e.entity && std::ranges::any_of(e.entity->relations(), joins); });
}

query_side open_query::side_of(const select_node& select, std::size_t element) const {
    if (!elements_[element].entity || sides_[element].source) return sides_[element];
    return side_at(select, places_[element], *elements_[element].entity);
}

/// The query with what options and mappings add to it; itself where that is nothing.
node_ptr open_query::planned(const select_node& select) {
    if (select.lock.strength != lock_strength::none && !overwriting_) overwriting_.emplace();
    if (!is_to_be_planned() || select.items.size() != places_.back()) return node_ptr{&select};  // what does not fit is refused later
    auto changed = make_node<select_node>(select);
    std::vector<joined_loads::root> roots;
    for (std::size_t e = 0; e < elements_.size(); ++e) roots.push_back({elements_[e].entity, side_of(select, e)});
    if (said_) said_->restrict_sources(*changed);
    joined_.plan(*changed, roots, said_);
    if (joined_.repeats_rows()) seen_.emplace();
    const bool is_changed = !joined_.is_empty() || (said_ && !said_->criteria.empty());
    return is_changed ? node_ptr{changed} : node_ptr{&select};
}

void open_query::check_width() {
    if (elements_.empty()) return;
    if (node_cast<text_node>(what_.statement) && elements_.size() == 1 && elements_.front().entity) return place_by_name();
    const std::size_t width = places_.back() + joined_.width() + (written_ ? written_->returned_columns() : 0);
    if (width != rows_.column_count()) azoth::detail::throw_width(width, rows_.column_count());
}

void open_query::place_by_name() {
    const entity_class& of = *elements_.front().entity;
    const auto gives = [&](const std::string& name) {
        for (std::size_t c = 0; c < rows_.column_count(); ++c)
            if (rows_.column_name(c) == name) return true;
        return false;
    };
    for (const class_column& c : of.columns) {
        const std::string& name = c.spec->name;
        const bool stays_unread = c.access->can_be_unloaded && !gives(name);
        by_name_.push_back(stays_unread ? std::nullopt : std::optional{rows_.column_index(name)});
    }
    named_.resize(by_name_.size());
}

bool open_query::next() {
    while (rows_.next()) {
        for (std::size_t c = 0; c < by_name_.size(); ++c) named_[c] = by_name_[c] ? rows_.cells()[*by_name_[c]] : unread_cell;
        if (written_ && written_->returned_columns() != 0)
            written_->take(rows_.cells().subspan(places_.back(), written_->returned_columns()));
        read_objects();
        if (!joined_.is_empty())
            joined_.take(session_, rows_.cells().subspan(places_.back()), objects_, overwriting_ ? &*overwriting_ : nullptr);
        if (is_new_row()) return true;
    }
    return false;
}

void open_query::read_objects() {
    for (std::size_t e = 0; e < elements_.size(); ++e) {
        const auto& element = elements_[e];
        if (!element.entity) continue;
        const auto row = selections_.empty() ? cells(e) : selections_[e].spread(cells(e));
        const bool is_absent = element.can_be_absent && element.entity->is_absent(row);
        objects_[e] =
            is_absent ? nullptr : &session_.take_whole_row(*element.entity, row, batches_[e], overwriting_ ? &*overwriting_ : nullptr);
    }
}

/// Rows that differ in what they bring for a collection are one.
bool open_query::is_new_row() {
    if (!seen_) return true;
    std::vector<cell> row;
    for (std::size_t e = 0; e < elements_.size(); ++e)
        row.push_back(elements_[e].entity ? cell::integer(static_cast<std::int64_t>(reinterpret_cast<std::intptr_t>(objects_[e])))
                                          : cells(e).front());
    return seen_->add(row);
}

std::span<const cell> open_query::cells(std::size_t element) const {
    if (!by_name_.empty()) return named_;
    return rows_.cells().subspan(places_[element], places_[element + 1] - places_[element]);
}

query_run::query_run(session_core& in, const query_request& what, std::span<const query_element> elements) {
    const session_core::entered call{in};
    state_ = std::make_unique<open_query>(in, what, elements);
}
query_run::query_run(session_core& in, const node_handle<insert_node>& statement, azoth::detail::typed_row_source& rows,
                     std::span<const query_element> elements) {
    const session_core::entered call{in};
    state_ = std::make_unique<open_query>(in, statement, rows, elements);
}
query_run::~query_run() = default;
bool query_run::next() { return state_->next(); }
instance* query_run::entity(std::size_t element) { return state_->entity(element); }
const cell* query_run::value(std::size_t element) const { return state_->cells(element).data(); }
void query_run::finish() { state_->finish(); }
std::int64_t query_run::affected_rows() const noexcept { return state_->affected_rows(); }

void throw_row_count(bool is_none) {
    throw_error(is_none ? errc::no_rows : errc::multiple_rows,
                is_none ? "the query has found nothing, and one was asked for" : "the query has found more than one");
}

instance* session_core::find_row(const entity_class& of, std::span<const cell> key, const get_options& how) {
    auto query = azoth::detail::make_select();
    for (const auto& c : of.table->columns) query->items.push_back({c, !static_cast<const column_node&>(*c).spec->nullable});
    add_key(query->where, of, key);
    if (how.lock) query->lock = {how.lock->strength, how.lock->wait, {}};
    query->options = how.said;
    if (how.populate_existing) query->options.push_back(populate_existing.option());
    const query_element element{&of, false};
    const std::vector<value> values(key.begin(), key.end());
    open_query run{*this, {.statement = node_ptr{query}, .key = values}, {&element, 1}};
    instance* found = nullptr;
    while (run.next()) found = run.entity(0);
    run.finish();
    return found;
}

}  // namespace azoth::orm::detail
