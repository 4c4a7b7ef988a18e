#pragma once

#include "identity_map.hpp"
#include "instance_memory.hpp"
#include "object_graph.hpp"
#include "session_links.hpp"
#include "snapshot.hpp"

#include <azoth/engine/engine.hpp>
#include <azoth/engine/resolver.hpp>
#include <azoth/orm/get_options.hpp>
#include <azoth/orm/session.hpp>
#include <azoth/orm/session_options.hpp>
#include <azoth/orm/statement_bound.hpp>

#include <algorithm>
#include <atomic>
#include <exception>
#include <functional>
#include <list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace azoth::orm::detail {

/// A statement whose rows count more than what the session has: each object is read again once.
struct row_overwriting {
    enum class sources : std::uint8_t { query, written, inserted };
    sources from{};  ///< of rows that are written, a rollback takes back what objects have got from them
    std::unordered_set<instance*> done{};
};

/// How an object was before a step that a rollback takes back.
struct undo_step {
    instance* of{};
    object_state state{};
    bool is_removed{};
    kept_columns columns{};    ///< of the object; in the session's memory of steps
    kept_columns committed{};  ///< null: it had no row
};

/// One transaction, the outermost or one inside it.
struct session_frame {
    std::vector<undo_step> undone{};
    std::vector<transaction> savepoints{};  ///< one a connection; not of the outermost
};

/// Where a flush is: its handlers may add and remove objects before it writes, and not then.
enum class flush_phase : std::uint8_t { none, handlers, writing };

/// The session behind `session`: for one thread at a time.
class session_core : public std::enable_shared_from_this<session_core> {
public:
    session_core(std::shared_ptr<const engine_resolver> engines, const session_options& options);
    /// For objects of their own in another session's transaction, which lives longer.
    explicit session_core(session_core& outer);
    session_core(const session_core&) = delete;
    session_core& operator=(const session_core&) = delete;
    ~session_core();

    // objects
    void add(instance& i);
    void remove(instance& i);
    instance& merge(instance& given);
    void expire(instance& i);
    void refresh(instance& i, const get_options& how);
    void expunge(instance& i);
    void expunge_all();
    /// A rollback concerns them no more: they are another session's.
    void forget_steps_of(const std::unordered_set<const instance*>& gone);
    [[nodiscard]] instance* find(const entity_class& of, std::span<const cell> key) const noexcept;
    /// The object of a row, of whichever struct that shares its rows with the class.
    [[nodiscard]] instance* find_row_of(const entity_class& of, std::span<const cell> key) const noexcept;
    instance* get(const entity_class& of, std::span<const value> key, const get_options& how);

    // transactions
    /// Whether there was something to write.
    bool flush();
    void flush_all();
    void commit();
    void rollback();
    std::size_t begin_nested();
    void end_nested(std::size_t depth, bool keep);
    [[nodiscard]] std::size_t depth() const noexcept { return frames_.size(); }
    /// The connection that writes rows of a class.
    [[nodiscard]] azoth::connection& connection(const entity_class* of = nullptr);
    [[nodiscard]] azoth::connection& connection_to_write(std::string_view table, std::span<const value> key = {});
    /// The one that writes an object's row.
    [[nodiscard]] azoth::connection& connection_of(const instance& i);
    /// One that may be of a replica, as long as this transaction has written nothing there.
    [[nodiscard]] azoth::connection& connection_to_read(std::string_view table, std::span<const value> key = {});
    [[nodiscard]] bool has_one_engine() const noexcept { return has_one_engine_; }
    /// Tells databases apart.
    [[nodiscard]] const azoth::pool* database_of(std::string_view table, std::span<const value> key) const;

    // reading
    /// `of`: what is read or written; null: the first table of the statement. `key`: whose row, or one in the same database.
    result run(const node_ptr& statement, std::span<const argument> args, const entity_class* of = nullptr,
               std::span<const value> key = {});
    /// Flushes what a statement that reads these tables has to see.
    void autoflush(const node& statement);
    /// The same of a row that is found by its key: only new and removed objects concern it.
    void autoflush_new();
    /// A row of the columns that the mapping has read with an object. With `overwriting`, it counts more than what the session has. What
    /// of an object is in tables that the row is not from stays to be read by `read_missing`, when the statement is over. `batch` is null
    /// for an object that comes alone.
    instance& take_row(const entity_class& of, std::span<const cell> row, const std::shared_ptr<load_batch>& batch,
                       row_overwriting* overwriting = nullptr);
    /// A row of all columns, with `unread_cell` for those that have not been read.
    instance& take_whole_row(const entity_class& of, std::span<const cell> row, const std::shared_ptr<load_batch>& batch,
                             row_overwriting* overwriting = nullptr);
    /// Objects of structs that inherit the one that was queried have columns in tables of their own: a query a class.
    void read_missing();
    void load_relation(instance& of, const relation_info& r);
    /// Flushes what loading the relation has to see.
    void autoflush_for(const relation_info& r);
    void load_deferred(instance& of, std::size_t column);
    void load_for(std::span<instance* const> owners, const relation_info& r, const std::shared_ptr<const query_options>& said = {});

    // events
    void subscribe(const std::shared_ptr<const session_events>& events);
    void notify(session_event when);
    /// Whether somebody has listened, and may have changed the object.
    bool notify(object_event when, instance& of) { return !listeners_.empty() && tell(when, of); }
    [[nodiscard]] std::vector<instance*> objects_to_write(const entity_class& of, object_fate fate);
    [[nodiscard]] static std::vector<column_change> changes_of(const instance& i);

    // for the unit of work
    [[nodiscard]] std::vector<instance*>& pending() noexcept { return pending_; }
    [[nodiscard]] std::vector<instance*>& removed() noexcept { return removed_; }
    [[nodiscard]] auto& identities() noexcept { return identities_; }
    [[nodiscard]] object_graph& graph() noexcept { return *graph_; }
    [[nodiscard]] arena& scratch() noexcept { return scratch_; }
    /// Of the objects' columns in undo steps: all of it is given back with the transaction. Null within a nested one, whose steps may go
    /// long before.
    [[nodiscard]] arena* memory_of_steps() noexcept { return frames_.size() == 1 ? &memory_of_steps_ : nullptr; }
    void know(instance& i);
    void forget(const instance& i) noexcept;
    void log(undo_step step) { frames_.back().undone.push_back(std::move(step)); }
    /// So many steps are to come.
    void expect_steps(std::size_t more);
    void set_deleted(instance& i) noexcept {
        i.state = object_state::deleted;
        has_deleted_ = true;
    }
    /// What a persistent object holds, before rows that are written give it something else.
    void log_columns(instance& i);
    [[nodiscard]] bool is_dirty(instance& i);
    [[nodiscard]] std::uint32_t transaction_number() const noexcept { return transactions_; }

    [[nodiscard]] std::size_t statements() const noexcept { return outer_ ? outer_->statements() : statements_; }
    void count_statement(const node_ptr& statement);
    [[nodiscard]] std::shared_ptr<statement_bound::state> bound_statements(std::size_t limit);
    /// What could not be thrown where it happened: the next flush throws it.
    void fail_later(std::exception_ptr failure) noexcept { failure_ = std::move(failure); }

    session_options options;

    /// A call into the session; refuses a second thread.
    class entered {
    public:
        explicit entered(session_core& in);
        entered(const entered&) = delete;
        entered& operator=(const entered&) = delete;
        ~entered();

    private:
        session_core& in_;
    };

private:
    friend class flush_savepoints;
    /// The session whose connections these are: of a stream's batch, the session around it.
    session_core& with_links();
    session_link& linked(const engine& to);
    /// A row of one class, and which of its columns are in other tables.
    struct class_row {
        const entity_class* of;
        std::span<const cell> cells;
        std::span<const std::size_t> missing{};
    };
    instance& take_row_of(const class_row& row, const std::shared_ptr<load_batch>& batch, row_overwriting* overwriting);
    void take_known(instance& known, const class_row& row, const std::shared_ptr<load_batch>& batch, row_overwriting* overwriting);
    void miss(instance& i, std::span<const std::size_t> columns, bool is_new);
    [[nodiscard]] identity_map& identities_of(const entity_class& of);
    [[nodiscard]] std::vector<std::shared_ptr<const session_events>> listeners() const;
    [[nodiscard]] bool hears(session_event when) const;
    bool tell(object_event when, instance& of);
    void forget_missing() noexcept;
    /// Throws interface_error (misuse) where the session has another object of the row.
    void refuse_known(const instance& i) const;
    /// The object that a row of a class is; one of another struct that has been read before leaves the session.
    [[nodiscard]] instance* known_row(const entity_class& of, std::span<const cell> key);
    [[nodiscard]] bool has_changes();
    void require_no_writing(const instance& i) const;
    void cascade_add(instance& i, std::vector<instance*>& to_do);
    void take_back(undo_step& step);
    void end_committed();
    void end_rolled_back();
    void roll_back_to(std::size_t frame);
    void put_back_unflushed();
    void release_links() noexcept;
    void leave_graph() noexcept;

    instance* find_row(const entity_class& of, std::span<const cell> key, const get_options& how);

    session_core* outer_{};
    std::shared_ptr<const engine_resolver> engines_;
    bool has_one_engine_;
    std::list<session_link> links_{};  ///< each stays where it is
    flush_savepoints* savepoints_{};   ///< of the flush that is writing
    object_graph* graph_;
    std::unordered_map<const entity_class*, identity_map> identities_{};
    struct {
        const entity_class* of;
        identity_map* all;
    } latest_{};  ///< of them that was asked for to change it
    std::vector<instance*> pending_{};
    std::vector<instance*> removed_{};
    struct incomplete {
        instance* of;
        std::vector<std::size_t> columns;
        bool is_new;  ///< nobody has been told of it
    };
    std::vector<incomplete> incomplete_{};
    std::unordered_set<const instance*> are_incomplete_{};
    arena memory_of_steps_{};
    std::vector<session_frame> frames_{};  ///< empty: no transaction
    bool has_deleted_{};                   ///< in this transaction
    std::uint32_t transactions_{1};
    std::size_t statements_{};
    std::vector<std::weak_ptr<statement_bound::state>> bounds_{};
    arena scratch_{};
    std::vector<cell> row_key_{};  ///< of several columns, of the row that is being taken
    instance_memory memory_{};     ///< of objects that are read
    std::atomic<std::thread::id> user_{};
    int calls_{};
    flush_phase phase_{};
    std::vector<std::weak_ptr<const session_events>> listeners_{};
    std::exception_ptr failure_{};
};

/// By what engines are asked for a class: the table of the first struct that it inherits.
[[nodiscard]] inline std::string_view table_of(const entity_class& of) noexcept { return of.root->table->table->name; }
/// The key's columns of an object as it is.
[[nodiscard]] std::vector<cell> key_of(const instance& i, arena& scratch);
/// The key of a row as an object of the class would say it, which the driver may say otherwise.
[[nodiscard]] std::vector<cell> said_by_object(const entity_class& of, std::span<const cell> key, arena& scratch);
[[nodiscard]] bool has_key(const instance& i, arena& scratch);
/// "Maintainer 7", for messages.
[[nodiscard]] std::string describe_object(const instance& i);
/// The persistent object that a relation to a parent leads to by its columns; null where they are no primary key, or the session has not
/// got it. `cell_of(column)` gives the columns' values.
template <class CellOf>
[[nodiscard]] instance* find_parent(const session_core& in, const relation_info& r, CellOf&& cell_of) {
    std::vector<cell> key(r.target->key.size());
    for (const auto& p : r.columns) {
        const auto at = std::find(r.target->key.begin(), r.target->key.end(), p.other);
        if (at == r.target->key.end()) return nullptr;
        key[static_cast<std::size_t>(at - r.target->key.begin())] = cell_of(p.own);
    }
    return in.find(*r.target, key);
}
/// What a relation to one object leads to, as far as that can be told without a query; null: nothing, or unknown.
[[nodiscard]] instance* known_target(const instance& owner, const relation_info& r);

}  // namespace azoth::orm::detail
