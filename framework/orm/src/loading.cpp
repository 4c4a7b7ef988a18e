// The session's reading side: rows become objects, relations are filled.
#include "class_inheritance.hpp"
#include "relation_access.hpp"
#include "relation_loader.hpp"
#include "row_statements.hpp"
#include "session_core.hpp"

#include <azoth/base/error.hpp>
#include <azoth/sql/select.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace azoth::orm::detail {
namespace {

using access = relation_access;

/// What tables a statement reads.
class table_finder final : public node_visitor {
public:
    explicit table_finder(std::vector<const table_node*>& found) noexcept : found_{found} {}
    void child(const node& n) override {
        if (const auto* table = node_cast<table_node>(&n)) found_.push_back(table);
        else if (const auto* column = node_cast<column_node>(&n)) child(*column->source);
        else n.visit_children(*this);
    }

private:
    std::vector<const table_node*>& found_;
};

}  // namespace

void session_core::autoflush(const node& statement) {
    if (!options.autoflush || phase_ != flush_phase::none) return;
    autoflush_new();
    if (identities_.empty()) return;
    std::vector<const table_node*> read;
    table_finder finder{read};
    finder.child(statement);
    const auto is_read = [&](const node_ptr& table) {
        const auto* t = node_cast<table_node>(table);
        return t && std::ranges::any_of(read, [&](const table_node* r) { return is_same_table(*r, *t); });
    };
    const auto is_class_read = [&](const entity_class& c) {
        return std::ranges::any_of(c.parts, [&](const class_part& p) { return is_read(p.table->table); });
    };
    for (auto& [of, all] : identities_) {
        const bool concerns = is_class_read(*of) || std::ranges::any_of(of->relations(), [&](const relation_info& r) {
                                  return (r.direction == relation_direction::by_table && is_read(r.via.table)) ||
                                         (r.direction == relation_direction::to_children && is_class_read(*r.target));
                              });
        if (!concerns || std::ranges::none_of(all, [&](instance* i) { return is_dirty(*i); })) continue;
        flush();
        return;
    }
}

void session_core::autoflush_new() {
    if (options.autoflush && phase_ == flush_phase::none && (!pending_.empty() || !removed_.empty())) flush();
}

// rows

instance& session_core::take_row(const entity_class& of, std::span<const cell> row, const std::shared_ptr<load_batch>& batch,
                                 row_overwriting* overwriting) {
    if (of.deferred.empty()) return take_whole_row(of, row, batch, overwriting);
    column_selection selection{of};
    return take_whole_row(of, selection.spread(row), batch, overwriting);
}

instance& session_core::take_whole_row(const entity_class& of, std::span<const cell> row, const std::shared_ptr<load_batch>& batch,
                                       row_overwriting* overwriting) {
    if (!of.has_derived()) {
        if (of.is_restricted()) (void)kind_of_row(of, row);  // a subquery may give others, too
        return take_row_of({&of, row}, batch, overwriting);
    }
    const auto& kind = kind_of_row(of, row);
    std::vector<cell> own;
    own.reserve(kind.places.size());
    std::vector<std::size_t> further;  // the statement gives the base's columns alone
    for (std::size_t c = 0; c < kind.places.size(); ++c) {
        const auto& place = kind.places[c];
        const bool has_come = place && *place < row.size();
        own.push_back(has_come ? row[*place] : unread_cell);
        if (place && !has_come) further.push_back(c);
    }
    if (further.empty()) return take_row_of({kind.of, own, kind.missing}, batch, overwriting);
    further.insert(further.begin(), kind.missing.begin(), kind.missing.end());
    return take_row_of({kind.of, own, further}, batch, overwriting);
}

instance* session_core::known_row(const entity_class& of, std::span<const cell> key) {
    instance* known = find_row_of(of, key);
    if (!known || known->of == &of) return known;
    const bool is_old = known->is_expired || known->seen != transactions_;
    if (!is_old || is_dirty(*known))
        throw_error(errc::stale_data, fmt::format("{} has been made a {} by somebody else since it was read: expunge it, and read it again",
                                                  describe_object(*known), of.name()));
    expunge(*known);
    return nullptr;
}

instance& session_core::take_row_of(const class_row& row, const std::shared_ptr<load_batch>& batch, row_overwriting* overwriting) {
    const entity_class& of = *row.of;
    const std::size_t width = of.key.size();
    cell only;
    if (width > 1) row_key_.resize(width);
    const std::span<cell> key = width > 1 ? std::span<cell>{row_key_} : std::span{&only, 1};
    bool is_plain = true;  // as the object will say it
    for (std::size_t k = 0; k < width; ++k) {
        key[k] = row.cells[of.key[k]];
        const codec& access = *of.columns[of.key[k]].access;
        is_plain = is_plain && (access.kept == kept_form::bytes ? is_integer(access.kind) && key[k].tag == cell_tag::i64
                                                                : access.kept == kept_form::text && key[k].tag == cell_tag::text);
    }
    instance* known = is_plain ? known_row(of, key) : nullptr;
    instance* fresh = nullptr;
    if (!known) {
        // What may turn out to be known goes again: it has its own memory.
        fresh = is_plain ? memory_.make(of, size_of_snapshot(of, row.cells)) : make_instance(of);
        graph_->take(*fresh);
        try {
            read_row(of, row.cells, fresh->object);
            scratch_.clear();
            if (!is_plain) known = known_row(of, key_of(*fresh, scratch_));
        } catch (...) {
            graph_->drop(*fresh);
            throw;
        }
    }
    if (known) {
        if (fresh) graph_->drop(*fresh);
        take_known(*known, row, batch, overwriting);
        return *known;
    }
    access::bind_unloaded(*fresh);
    scratch_.clear();
    take_snapshot(*fresh, scratch_, {.beside = fresh->block});
    fresh->state = object_state::persistent;
    fresh->seen = transactions_;
    fresh->batch = batch;
    if (batch) batch->members.push_back(fresh);
    if (overwriting) overwriting->done.insert(fresh);
    if (overwriting && overwriting->from == row_overwriting::sources::inserted) log({.of = fresh, .state = object_state::transient});
    if (is_plain) identities_of(of).insert_new(key, *fresh);
    else identities_of(of).insert(*fresh);
    if (row.missing.empty()) notify(object_event::load, *fresh);
    else miss(*fresh, row.missing, true);
    return *fresh;
}

void session_core::take_known(instance& known, const class_row& row, const std::shared_ptr<load_batch>& batch,
                              row_overwriting* overwriting) {
    const entity_class& of = *known.of;
    if (overwriting && overwriting->done.insert(&known).second) {
        if (overwriting->from != row_overwriting::sources::query) log_columns(known);
        known.is_expired = true;
    }
    const bool is_old = known.is_expired || known.seen != transactions_;
    scratch_.clear();
    if (is_old && !are_incomplete_.contains(&known) && (known.is_expired || !has_changed(known, scratch_))) {
        read_row(of, row.cells, known.object);
        scratch_.clear();
        take_snapshot(known, scratch_);
        for (const auto& r : of.relations())
            if (overwriting || !access::is_changed(access::of(known, r))) access::unload(known, r);
        known.is_expired = false;
        known.seen = transactions_;
        if (!row.missing.empty()) miss(known, row.missing, false);
    } else if (!of.deferred.empty()) {
        complete(known, row.cells);
    }
    if (batch && known.batch != batch) batch->members.push_back(&known);
    known.batch = batch;
}

namespace {

/// That the values can be the key's. Throws interface_error (invalid-argument).
void check_key(const entity_class& of, std::span<const value> key) {
    const auto is_given = [](const class_column& c, const cell& v) {
        if (v.is_null()) return false;
        const bool is_number = v.tag == cell_tag::i64 || v.tag == cell_tag::u64;
        if (is_integer(c.access->kind)) return is_number;
        return c.access->kind != type_kind::text || !is_number;
    };
    bool fits = key.size() == of.key.size();
    for (std::size_t k = 0; fits && k < key.size(); ++k) fits = is_given(of.columns[of.key[k]], key[k].view());
    if (fits) return;
    std::string names;
    for (const std::size_t c : of.key)
        names += fmt::format("{}{} ({})", names.empty() ? "" : ", ", of.columns[c].member, kind_name(of.columns[c].access->kind));
    std::string given;
    for (const value& v : key) given += (given.empty() ? "" : ", ") + describe(v.view());
    throw_error(errc::invalid_argument,
                fmt::format("{} is found by {}, and was asked for by {}", of.name(), names, given.empty() ? "nothing" : given));
}

}  // namespace

instance* session_core::get(const entity_class& of, std::span<const value> key, const get_options& how) {
    check_key(of, key);
    cell only;
    std::vector<cell> several(key.size() > 1 ? key.size() : 0);
    const std::span<cell> cells = several.empty() ? std::span{&only, 1} : std::span<cell>{several};
    std::ranges::transform(key, cells.begin(), &value::view);
    if (instance* known = find(of, cells);
        known && !known->is_expired && known->seen == transactions_ && !how.lock && !how.populate_existing)
        return known->is_removed ? nullptr : known;
    autoflush_new();
    const auto eager = [](const relation_info& r) { return is_eager(r.said->how); };
    if (how.lock || !how.said.empty() || how.populate_existing || std::ranges::any_of(of.relations(), eager))
        return find_row(of, cells, how);
    static constexpr std::array<std::string_view, 8> names{"k0", "k1", "k2", "k3", "k4", "k5", "k6", "k7"};
    const auto rows_with = [&](std::span<const argument> args) { return run(of.select_by_key(names), args, &of, key); };
    const auto rows_with_several = [&] {
        std::vector<argument> args;
        for (std::size_t k = 0; k < key.size() && k < names.size(); ++k) args.emplace_back(names[k], key[k]);
        return rows_with(args);
    };
    result rows = key.size() == 1 ? rows_with(std::array{argument{names[0], key[0]}}) : rows_with_several();
    instance* found = rows.next() ? &take_row(of, rows.cells(), nullptr) : nullptr;
    rows.close();
    read_missing();
    return found;
}

void session_core::refresh(instance& i, const get_options& how) {
    if (session_of(i) != this || i.state != object_state::persistent)
        throw_error(errc::misuse,
                    fmt::format("{} is no persistent object of this session: there is nothing to read again", describe_object(i)));
    expire(i);
    std::vector<value> key;
    for (const std::size_t c : i.of->key) key.emplace_back(i.committed[c]);
    if (!get(*i.of, key, how)) throw_error(errc::no_rows, fmt::format("{} is not in the database any more", describe_object(i)));
}

// relations

void session_core::autoflush_for(const relation_info& r) {
    // A row that is to be found by its key is not changed by what waits, unless it is itself one that waits.
    if (r.direction == relation_direction::by_table) autoflush(*r.via.table);
    if (r.direction != relation_direction::to_parent) autoflush(*r.target->source);
    else if (!pending_.empty()) autoflush_new();
}

void session_core::load_relation(instance& of, const relation_info& r) {
    autoflush_for(r);
    if (of.state == object_state::pending) {
        if (r.direction == relation_direction::to_parent) return load_for(std::array{&of}, r);
        return r.is_many ? access::set_loaded(access::many_of(of, r), {}) : access::set_loaded(access::one_of(of, r), nullptr);
    }
    std::vector<instance*> owners{&of};
    if (of.batch)
        for (instance* other : of.batch->members)
            if (other != &of && other->batch == of.batch && other->of->is_a(*r.owner) && other->state == object_state::persistent &&
                session_of(*other) == this && !access::of(*other, r).is_loaded())
                owners.push_back(other);
    load_for(owners, r, of.batch ? of.batch->options : nullptr);
}

void session_core::load_for(std::span<instance* const> owners, const relation_info& r, const std::shared_ptr<const query_options>& said) {
    relation_loader{*this, r, said}.load(owners);
}

}  // namespace azoth::orm::detail
