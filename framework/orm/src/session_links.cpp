// Which connection a session uses for what.
#include "session_links.hpp"

#include "database_groups.hpp"

#include <azoth/sql/dml.hpp>
#include <azoth/sql/nodes/statement.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

namespace azoth::orm::detail {
namespace {

std::string_view table_name(const entity_class* of) { return of ? table_of(*of) : std::string_view{}; }

/// What a statement is, for whoever chooses the engine.
class statement_facts final : public node_visitor {
public:
    explicit statement_facts(const node& statement) { child(statement); }
    void child(const node& n) override {
        if (const auto* table = node_cast<table_node>(&n)) {
            if (!table_) table_ = table;
        } else if (const auto* column = node_cast<column_node>(&n)) {
            child(*column->source);
        } else {
            only_reads_ = only_reads_ && !may_write(n);
            n.visit_children(*this);
        }
    }
    [[nodiscard]] bool only_reads() const noexcept { return only_reads_; }
    /// The first table that it names; empty: none.
    [[nodiscard]] std::string_view table() const noexcept { return table_ ? std::string_view{table_->name} : std::string_view{}; }

private:
    /// What locks rows wants the ones that are written.
    static bool may_write(const node& n) {
        if (const auto* select = node_cast<select_node>(&n)) return select->lock.strength != lock_strength::none;
        return node_cast<insert_node>(&n) || node_cast<update_node>(&n) || node_cast<delete_node>(&n) || node_cast<text_node>(&n);
    }
    const table_node* table_{};
    bool only_reads_{true};
};

}  // namespace

session_link& session_core::linked(const engine& to) {
    const auto at = std::ranges::find(links_, &to.pool(), &session_link::to);
    if (at != links_.end()) return *at;
    azoth::connection made = to.connect("orm session");
    transaction work = made.begin(options.transaction);
    session_link& link = links_.emplace_back(session_link{&to.pool(), std::move(made), std::move(work)});
    for (std::size_t depth = 1; depth < frames_.size(); ++depth) frames_[depth].savepoints.push_back(link.connection.begin_nested());
    return link;
}

session_core& session_core::with_links() {
    if (frames_.empty()) frames_.emplace_back();  // what is done from now on can be taken back
    return outer_ ? outer_->with_links() : *this;
}

azoth::connection& session_core::connection(const entity_class* of) { return connection_to_write(table_name(of)); }

azoth::connection& session_core::connection_of(const instance& i) {
    if (has_one_engine_) return connection_to_write({});
    return connection_to_write(table_of(*i.of), key_of_row(i));
}

const azoth::pool* session_core::database_of(std::string_view table, std::span<const value> key) const {
    return &engines_->resolve({.table = table, .key = key}).pool();
}

azoth::connection& session_core::connection_to_write(std::string_view table, std::span<const value> key) {
    session_core& owner = with_links();
    const bool is_known = has_one_engine_ && !owner.links_.empty();
    session_link& link = is_known ? owner.links_.front() : owner.linked(engines_->resolve({.table = table, .key = key}));
    link.is_written = true;
    if (owner.savepoints_) owner.savepoints_->cover(link);
    return link.connection;
}

azoth::connection& session_core::connection_to_read(std::string_view table, std::span<const value> key) {
    session_core& owner = with_links();
    if (has_one_engine_ && !owner.links_.empty()) return owner.links_.front().connection;
    // What this transaction has written is read where it was written.
    const engine writes = engines_->resolve({.table = table, .key = key});
    const auto at = std::ranges::find(owner.links_, &writes.pool(), &session_link::to);
    if (at != owner.links_.end() && at->is_written) return at->connection;
    return owner.linked(engines_->resolve({.table = table, .key = key, .read_only = true})).connection;
}

result session_core::run(const node_ptr& statement, std::span<const argument> args, const entity_class* of, std::span<const value> key) {
    count_statement(statement);
    if (has_one_engine_) return connection_to_read({}).run(statement, args, {});
    const statement_facts facts{*statement};
    const std::string_view table = of ? table_name(of) : facts.table();
    return (facts.only_reads() ? connection_to_read(table, key) : connection_to_write(table, key)).run(statement, args, {});
}

flush_savepoints::flush_savepoints(session_core& of) : of_{of.with_links()} { of_.savepoints_ = this; }
flush_savepoints::~flush_savepoints() { of_.savepoints_ = nullptr; }

void flush_savepoints::cover(session_link& link) {
    if (std::ranges::find(taken_, &link, &decltype(taken_)::value_type::first) == taken_.end())
        taken_.emplace_back(&link, link.connection.begin_nested());
}

void flush_savepoints::commit() {
    for (auto& [link, savepoint] : taken_) savepoint.commit();
}

}  // namespace azoth::orm::detail
