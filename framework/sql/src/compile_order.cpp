// ORDER BY, references to labels, LIMIT and its kin, locks.
#include "ansi_rules.hpp"
#include "compile_scope.hpp"

#include <azoth/sql/call_rules.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace azoth {
namespace {

constexpr int above_comparisons = 5;

bool has_binds(const node& e) {
    std::vector<const bind_node*> binds;
    collect_binds(e, binds);
    return !binds.empty();
}

const label_node* find_label(const std::vector<select_item>& items, std::string_view name) {
    const label_node* found = nullptr;
    for (const auto& item : items) {
        const auto* own = detail::own_label(*item.expression);
        if (!own || own->name != name) continue;
        if (found && !detail::same_expression(detail::without_label(*found), *own->operand))
            throw_error(errc::statement, fmt::format("the query has the label \"{}\" twice: give its columns two labels", name));
        if (!found) found = node_cast<label_node>(item.expression);
    }
    return found;
}

/// A whole number is a position to ORDER BY and GROUP BY, which a value that the program writes there is not meant for.
bool looks_like_position(const node& e) {
    const auto* literal = node_cast<literal_node>(&detail::without_label(e));
    const cell_tag tag = literal ? literal->content.view().tag : cell_tag::null;
    return tag == cell_tag::i64 || tag == cell_tag::u64;
}

[[noreturn]] void refuse_label(std::string_view name, const std::vector<select_item>& items) {
    std::vector<std::string_view> known;
    for (const auto& item : items)
        if (const auto* own = detail::own_label(*item.expression)) known.push_back(own->name);
    const std::string told = known.empty() ? "no labels at all" : fmt::format("{}", fmt::join(known, ", "));
    throw_error(errc::statement, fmt::format("the query has no label \"{}\" to refer to; it has {}", name, told));
}

/// In an expression a label stands for what it names, since not every database looks names of the result up there.
void write_label_ref(compiler& out, const label_ref_node& n) {
    const select_node* query = out.depth() == 0 ? nullptr : out.current_scope().query;
    static const std::vector<select_item> none;
    const auto& items = query ? query->items : none;
    const auto* label = find_label(items, n.name);
    if (!label) refuse_label(n.name, items);
    constexpr int tightest = 10;  // nobody outside knows what it stands for
    out.operand(detail::without_label(*label), tightest);
}

/// Outside a query's items a label stands for what it names.
void write_label(compiler& out, const label_node& n) { out << n.operand; }

void write_order(compiler& out, const order_node& n) {
    if (detail::moves_nulls(out, n))
        out.operand(*n.operand, above_comparisons) << (n.nulls == nulls_order::last ? " IS NULL, " : " IS NOT NULL, ");
    out << n.operand << (n.descending ? " DESC" : "");
    detail::write_nulls_order(out, n);
}

/// The item whose label the expression is or refers to: ordered by its name, it is not computed twice.
const select_item* labelled_item(const node& e, const std::vector<select_item>& items) {
    const auto* ref = node_cast<label_ref_node>(&e);
    if (!ref && !node_cast<label_node>(&e)) return nullptr;
    const node* const label = ref ? find_label(items, ref->name) : nullptr;
    const auto is_it = [&](const select_item& item) {
        if (ref) return label && item.expression.get() == label;
        const auto* own = detail::own_label(*item.expression);
        return own && detail::same_expression(*own, e);
    };
    const auto found = std::find_if(items.begin(), items.end(), is_it);
    return found == items.end() ? nullptr : &*found;
}

bool is_called(const select_item& item, const std::string& name) {
    if (const auto* label = node_cast<label_node>(item.expression)) return label->name == name;
    const auto* column = node_cast<column_node>(item.expression);
    return column && column->spec->name == name;
}

/// Writes the term by its name or place in the result; false where it has to be written as it is.
bool write_result_term(compiler& out, const node& e, const std::vector<select_item>& items) {
    if (const select_item* item = labelled_item(e, items)) {
        const std::string& name = static_cast<const label_node&>(*item->expression).name;
        // SQLite takes the first of those that share a name.
        if (std::count_if(items.begin(), items.end(), [&](const select_item& i) { return is_called(i, name); }) == 1) out.identifier(name);
        else out << fmt::format("{}", item - items.data() + 1);
        return true;
    }
    const std::size_t place = detail::place_to_name(e, items);
    if (place != 0) out << fmt::format("{}", place);
    return place != 0 || detail::write_constant_key(out, e);
}

/// The item that stands at the place which the key says, where it says one.
const node* item_at(const node& key, const std::vector<select_item>& items) {
    const std::size_t place = detail::place_said(key);
    return place == 0 || place > items.size() ? nullptr : &detail::without_label(*items[place - 1].expression);
}

void write_term(compiler& out, const node& term, const std::vector<select_item>& items) {
    const auto* order = node_cast<order_node>(&term);
    const node& key = order ? *order->operand : term;
    const bool is_plain = !order || order->nulls == nulls_order::unspecified || out.rules().sorts_nulls || looks_like_position(key);
    if (!is_plain || !write_result_term(out, key, items)) {
        // A place is one only where it stands alone.
        const node* const item = order && detail::moves_nulls(out, *order) ? item_at(key, items) : nullptr;
        if (item) out << *make_node<const order_node>(node_ptr{item}, order->descending, order->nulls);
        else out << term;
        return;
    }
    if (!order) return;
    out << (order->descending ? " DESC" : "");
    detail::write_nulls_order(out, *order);
}

void check_number(compiler& out, const node_ptr& n) {
    if (const auto* bind = node_cast<bind_node>(n)) out.count_rows(*bind);
    else if (n && !node_cast<literal_node>(n))
        out.require(out.can().limit_expressions, "an expression as a limit or an offset",
                    "compute it in the program, or give it as a param()");
}

void write_fetch_number(compiler& out, const node& n) {
    if (out.rules().fetch_takes_expressions) out << "(" << n << ")";
    else out << n;
}

/// FETCH FIRST with more than a number of rows.
void write_fetch(compiler& out, const node_ptr& limit, const node_ptr& offset, limit_kind kind) {
    const bool is_percent = kind == limit_kind::percent || kind == limit_kind::percent_with_ties;
    const bool has_ties = kind == limit_kind::rows_with_ties || kind == limit_kind::percent_with_ties;
    if (is_percent) out.require(out.can().fetch_percent, "FETCH FIRST n PERCENT", "count the rows, and give limit() a number");
    if (has_ties) out.require(out.can().fetch_with_ties, "FETCH FIRST n ROWS WITH TIES", "keep rows by func::rank() in a subquery");
    if (offset) {
        out << " OFFSET ";
        write_fetch_number(out, *offset);
        out << " ROWS";
    }
    out << " FETCH FIRST ";
    write_fetch_number(out, *limit);
    out << (is_percent ? " PERCENT" : "") << (has_ties ? " ROWS WITH TIES" : " ROWS ONLY");
}

}  // namespace

void write_order_terms(compiler& out, const std::vector<node_ptr>& order) { out.list(order); }

namespace {

/// How many rows: the database knows the type there, and takes no cast.
void write_number(compiler& out, const node& n) {
    const auto* bind = out.rules().parameter_type ? node_cast<bind_node>(&n) : nullptr;
    if (bind) out.parameter(*bind);
    else out << n;
}

}  // namespace

void write_limit_offset(compiler& out, const node* limit, const node* offset) {
    if (limit) write_number(out << " LIMIT ", *limit);
    else if (!out.rules().lone_offset_limit.empty()) out << " LIMIT " << out.rules().lone_offset_limit;
    if (offset) write_number(out << " OFFSET ", *offset);
}

void write_offset_fetch(compiler& out, const node* limit, const node* offset) {
    if (offset) {
        write_number(out << " OFFSET ", *offset);
        out << " ROWS";
    }
    if (!limit) return;
    write_number(out << " FETCH FIRST ", *limit);
    out << " ROWS ONLY";
}

void write_lock(compiler& out, const lock_clause& lock, std::string_view words) {
    static constexpr std::array<std::string_view, 5> standard{"", " FOR UPDATE", " FOR NO KEY UPDATE", " FOR SHARE", " FOR KEY SHARE"};
    const bool is_of_keys = lock.strength == lock_strength::no_key_update || lock.strength == lock_strength::key_share;
    out.require(out.can().row_locks, "FOR UPDATE and FOR SHARE", "a transaction that writes keeps other writers out");
    if (is_of_keys) out.require(out.can().key_locks, "locks that spare keys", "use lock_strength::update or lock_strength::share");
    out << (words.empty() ? standard[static_cast<std::size_t>(lock.strength)] : words);
    if (!lock.of.empty()) out.require(out.can().locks_of_tables, "locks of some of a query's tables (OF)", "lock the rows of all of them");
    std::string_view before = " OF ";
    for (const auto& source : lock.of) {
        if (!out.is_offered(*source))
            throw_error(errc::statement,
                        fmt::format("with_for_update() names {}, which the query does not select from", source_name(*source)));
        for (const node* other : out.current_scope().sources)
            if (other != source.get() && out.name_of(*other) == out.name_of(*source))
                throw_error(errc::statement, fmt::format("with_for_update() names {}, and {} goes by the same name: make an alias() of it",
                                                         source_name(*source), source_name(*other)));
        out << before;
        before = ", ";
        out.identifier(out.name_of(*source));
    }
    if (lock.wait == lock_wait::nowait) out.require(out.can().lock_nowait, "NOWAIT");
    if (lock.wait == lock_wait::skip_locked) out.require(out.can().skip_locked, "SKIP LOCKED");
    out << (lock.wait == lock_wait::nowait ? " NOWAIT" : lock.wait == lock_wait::skip_locked ? " SKIP LOCKED" : "");
}

namespace detail {

void write_nulls_order(compiler& out, const order_node& n) {
    if (n.nulls == nulls_order::unspecified || !out.rules().sorts_nulls) return;
    out.require(out.can().nulls_first_last, "NULLS FIRST / NULLS LAST");
    out << (n.nulls == nulls_order::first ? " NULLS FIRST" : " NULLS LAST");
}

bool moves_nulls(const compiler& out, const order_node& n) {
    if (out.rules().sorts_nulls) return false;
    return n.descending ? n.nulls == nulls_order::first : n.nulls == nulls_order::last;
}

namespace {

/// Where the columns in an expression come from, in their order.
class source_lister final : public node_visitor {
public:
    void child(const node& child) override {
        if (const auto* column = node_cast<column_node>(&child)) found.push_back(column->source.get());
        else child.visit_children(*this);
    }
    std::vector<const node*> found{};
};

std::vector<const node*> sources_in(const node& e) {
    source_lister lister;
    lister.child(e);
    return std::move(lister.found);
}

}  // namespace

bool same_expression(const node& a, const node& b) {
    if (&a == &b) return true;
    std::vector<const bind_node*> found;
    node_matcher matcher{found};
    if (!matcher.nodes(&a, &b)) return false;
    std::vector<const bind_node*> of_a;
    std::vector<const bind_node*> of_b;
    collect_binds(a, of_a);
    collect_binds(b, of_b);
    return of_a == of_b && sources_in(a) == sources_in(b);  // to the matcher two aliases are alike
}

const node& without_label(const node& e) {
    const auto* label = node_cast<label_node>(&e);
    return label ? without_label(*label->operand) : e;
}

const label_node* own_label(const node& item) {
    const auto* label = node_cast<label_node>(&item);
    const auto* inner = label ? own_label(*label->operand) : nullptr;
    return inner ? inner : label;
}

std::size_t place_said(const node& key) {
    const auto* text = node_cast<text_node>(&key);
    if (!text || text->pieces.size() != 1) return 0;
    std::size_t place = 0;
    const std::string& digits = text->pieces.front();
    const auto [end, bad] = std::from_chars(digits.data(), digits.data() + digits.size(), place);
    return bad == std::errc{} && end == digits.data() + digits.size() ? place : 0;
}

bool write_constant_key(compiler& out, const node& key) {
    if (!looks_like_position(key)) return false;
    out << *make_node<const cast_node>(node_ptr{&without_label(key)}, type_of(key));
    return true;
}

std::size_t place_to_name(const node& expression, const std::vector<select_item>& items) {
    const node& e = without_label(expression);
    if (!has_binds(e)) return 0;
    for (std::size_t i = 0; i < items.size(); ++i)
        if (same_expression(without_label(*items[i].expression), e)) return i + 1;
    return 0;
}

void write_order_by(compiler& out, const std::vector<node_ptr>& order_by, const std::vector<select_item>& items) {
    std::string_view before = " ORDER BY ";
    for (const auto& term : order_by) {
        out << before;
        before = ", ";
        write_term(out, *term, items);
    }
}

void write_limits(compiler& out, const node_ptr& limit, const node_ptr& offset, limit_kind kind, bool is_ordered) {
    if (!limit && !offset) return;
    const bool has_ties = kind == limit_kind::rows_with_ties || kind == limit_kind::percent_with_ties;
    if (has_ties && !is_ordered)
        throw_error(errc::statement, "fetch() with ties needs order_by(): ties are rows at one place of the order");
    check_number(out, limit);
    check_number(out, offset);
    if (limit && kind != limit_kind::rows) write_fetch(out, limit, offset, kind);
    else out.rules().limit(out, limit.get(), offset.get());
}

void set_order_rules(rule_table& r) {
    r.set<order_node, &write_order>();
    r.set<label_node, &write_label>();
    r.set<label_ref_node, &write_label_ref>();
}

}  // namespace detail
}  // namespace azoth
