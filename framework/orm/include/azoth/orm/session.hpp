#pragma once

#include <azoth/engine/engine.hpp>
#include <azoth/engine/resolver.hpp>
#include <azoth/orm/column_change.hpp>
#include <azoth/orm/from_statement.hpp>
#include <azoth/orm/get_options.hpp>
#include <azoth/orm/query.hpp>
#include <azoth/orm/relation.hpp>
#include <azoth/orm/session_events.hpp>
#include <azoth/orm/session_options.hpp>
#include <azoth/orm/statement_bound.hpp>
#include <azoth/orm/stream.hpp>
#include <azoth/sql/dml.hpp>
#include <azoth/sql/select.hpp>
#include <azoth/sql/upsert.hpp>

#include <memory>
#include <ranges>
#include <vector>

namespace azoth::orm {

class session;

namespace detail {
enum class object_fate : std::uint8_t { insert, update, remove };
}

/// A savepoint of a session; rolls back when it is destroyed before `commit`. Move-only.
class AZOTH_API nested_transaction {
public:
    nested_transaction(nested_transaction&& other) noexcept;
    nested_transaction& operator=(nested_transaction&&) = delete;
    ~nested_transaction();
    /// Flushes, and keeps what has been done since, as far as the transaction around it is kept.
    void commit();
    /// Takes back what has been done since, in the database and in the objects; open ones inside it are over, too. Both throw
    /// interface_error (misuse) where it is over already, as it is when its session ends.
    void rollback();

private:
    friend class session;
    nested_transaction(std::weak_ptr<detail::session_core> of, std::size_t depth) noexcept : of_{std::move(of)}, depth_{depth} {}
    [[nodiscard]] std::shared_ptr<detail::session_core> open_core() const;
    std::weak_ptr<detail::session_core> of_;  ///< of none: it has been moved from, or is over
    std::size_t depth_;
};

/// Objects and their rows as one unit of work: what is added, changed and removed is written by `flush`, in one transaction that `commit`
/// ends. An object of one row is the same object wherever the session meets it. Move-only; for one thread, or one task, at a time: another
/// one in a call at the same time throws interface_error (misuse). What is destroyed without `commit` is rolled back; objects stay readable
/// as long as a handle to one of them lives.
class AZOTH_API session {
public:
    /// Opens no connection before it needs one.
    explicit session(engine of, const session_options& options = {});
    /// Over several databases: asks for an engine by the table of what is read or written, and whether a replica will do. What a
    /// transaction has written it reads from there. `commit` commits one database after the other.
    explicit session(std::shared_ptr<const engine_resolver> engines, const session_options& options = {});
    session(session&& other) noexcept;
    session& operator=(session&& other) noexcept;
    ~session();

    /// A transient object becomes pending, a detached one persistent again, with all that it is related to (see no_cascade). Throws
    /// interface_error (misuse) for objects of another session.
    template <class T>
    const ptr<T>& add(const ptr<T>& object) {
        add(object.instance());
        return object;
    }
    /// The same of a plain struct, of which it makes an object.
    template <mapped T>
    ptr<T> add(T object) {
        return add(make(std::move(object)));
    }
    template <std::ranges::input_range R>
    void add_all(const R& objects) {
        for (const auto& o : objects) add(o);
    }
    /// The next flush deletes its row, and what goes with it by the relations' cascades. Where the same flush has a new object with its
    /// key, the row is updated and is the new one's.
    template <class T>
    void remove(const ptr<T>& object) {
        remove(object.instance());
    }
    /// The session's own object for one from elsewhere (of another session, detached, or new): that with the same key, read where the
    /// session does not have it, or a new one where there is none, gets what the given object holds, and so along the relations that it has
    /// loaded (see no_cascade). The given one stays as it is. Of a new object only relations that something was put into say something, and
    /// columns say what they hold. Throws stale_data_error where the given object was read with another version of the row.
    template <class T>
    ptr<T> merge(const ptr<T>& given) {
        detail::instance* own = merge(given.instance());
        return {own, static_cast<T*>(own->object)};
    }
    /// The same of a plain struct.
    template <mapped T>
    ptr<T> merge(T given) {
        return merge(make(std::move(given)));
    }
    /// The object with this key: from the session where this transaction has read it already, else by a query; empty where there is none.
    template <mapped T, storable... Ks>
    [[nodiscard]] ptr<T> get(const Ks&... key) {
        static_assert(sizeof...(Ks) > 0, "azoth: get<T>() takes the values of the primary key");
        const value values[]{value{key}...};
        detail::instance* found = get(detail::class_of<T>(), values);
        return {found, found ? static_cast<T*>(found->object) : nullptr};
    }
    /// The same with relations to load and rows to lock. What is locked, or to be populated, is read again even where the session has it.
    template <mapped T, storable... Ks>
    [[nodiscard]] ptr<T> get(const get_options& how, const Ks&... key) {
        static_assert(sizeof...(Ks) > 0, "azoth: get<T>() takes the values of the primary key");
        const value values[]{value{key}...};
        detail::instance* found = get(detail::class_of<T>(), values, how);
        return {found, found ? static_cast<T*>(found->object) : nullptr};
    }
    /// Reads it again, and forgets its changes; relations are read when they are touched. Throws programming_error (no-rows) where its row
    /// is gone.
    template <class T>
    void refresh(const ptr<T>& object, const get_options& how = {}) {
        refresh(object.instance(), how);
    }
    /// What it holds counts for nothing any more: the next query that finds it reads it again.
    template <class T>
    void expire(const ptr<T>& object) {
        expire(object.instance());
    }
    /// The session forgets it: it is transient or detached from then on, and can be added to another session of the same thread, with those
    /// that it leads to if they have been expunged, too.
    template <class T>
    void expunge(const ptr<T>& object) {
        expunge(object.instance());
    }
    /// Forgets all objects; changes that have not been flushed are lost to the database.
    void expunge_all();

    /// Writes all changes, in an order that the foreign keys allow. Where that fails, objects and database are as they were before. Throws
    /// stale_data_error where a row has been changed or deleted meanwhile, and what the database says.
    void flush();
    void commit();
    /// Objects go back to what they were when the transaction began: new ones are transient again, removed ones persistent.
    void rollback();
    [[nodiscard]] nested_transaction begin_nested();

    /// Runs a query: whole entities come as the session's objects, `ptr<T>`. What has been changed is flushed before, where the query reads
    /// it (session_options::autoflush).
    template <detail::object_query Q>
    [[nodiscard]] auto execute(const Q& query, arguments args = {}) {
        using loader = detail::row_loader<typename Q::row_type>;
        detail::query_run run{core(), detail::request_of(query, args), loader::elements()};
        return detail::found_rows<typename loader::row>{loader::all(run)};
    }
    /// The first field of every row: `scalars(select<Package>())` gives packages.
    template <detail::object_query Q>
    [[nodiscard]] auto scalars(const Q& query, arguments args = {}) {
        using loader = detail::row_loader<typename Q::row_type>;
        detail::query_run run{core(), detail::request_of(query, args), loader::elements()};
        return detail::found_rows{loader::firsts(run)};
    }
    /// The first field of the only row.
    template <detail::object_query Q>
    [[nodiscard]] auto scalar(const Q& query, arguments args = {}) {
        return scalars(query, args).one();
    }
    /// The objects of a query in batches of `size`, for more of them than memory holds:
    ///
    ///     for (const auto& batch : session.stream(select<Package>(), 1000)) for (const auto& package : batch) ...
    ///
    /// Meanwhile the session is that of the batch: it knows no other objects, and what has been changed is flushed when the next batch
    /// comes. Then the objects are detached, and a handle keeps its own batch alone. Objects from before the stream wait, and are the
    /// session's again when it ends; relating them to those of a batch throws interface_error (misuse). A batch is a query of its own, from
    /// the last key on: so the query takes one entity, and has no order, limit or grouping of its own (interface_error, misuse). Going on
    /// after the session has ended throws interface_error (closed). Names of arguments are views.
    template <mapped T>
    [[nodiscard]] object_stream<T> stream(const select_statement<T>& query, std::size_t size = 1000, arguments args = {}) {
        return object_stream<T>{std::make_unique<detail::stream_run>(
            place(), query.node(), std::span<const argument>{args.begin(), args.size()}, detail::class_of<T>(), size)};
    }

    /// Updates or deletes rows by a condition, without their objects. All changes are flushed before. Objects of the session that are
    /// concerned are brought along: those of an update are read again, those of a delete are deleted; a rollback puts them back. Which they
    /// are is returned by the statement where the database can, else asked for ahead of it. What the database does further (cascades,
    /// triggers) shows when objects are read again. Gives `affected_rows()`, and the rows of RETURNING, entities as objects.
    template <class... Ts>
    auto execute(const update_statement<Ts...>& statement, arguments args = {}) {
        return written<Ts...>(statement.node(), args);
    }
    template <class... Ts>
    auto execute(const delete_statement<Ts...>& statement, arguments args = {}) {
        return written<Ts...>(statement.node(), args);
    }
    /// An insert or upsert. `returning(entity<T>)` gives objects of the session, those that it has already as they are now.
    template <class E, class... Ts>
    auto execute(const insert_statement<E, Ts...>& statement, arguments args = {}) {
        return written<Ts...>(statement.node(), args);
    }
    /// The same of many plain structs, by the dialect's fastest way; see connection::execute.
    template <mapped T, class... Ts, std::ranges::forward_range R>
    requires std::same_as<std::ranges::range_value_t<R>, T>
    auto execute(const insert_statement<T, Ts...>& statement, const R& objects) {
        using loader = detail::row_loader<std::tuple<Ts...>>;
        azoth::detail::object_rows source{entity_of<T>(), objects};
        detail::query_run run{core(), statement.handle(), source, loader::elements()};
        auto rows = loader::all(run);
        return detail::written_rows<typename loader::row>{std::move(rows), run.affected_rows()};
    }

    /// Where an object stands, as this session sees it.
    template <class T>
    [[nodiscard]] object_state state_of(const ptr<T>& object) const {
        return state_of(object.instance());
    }
    /// Whether a flush would write it.
    template <class T>
    [[nodiscard]] bool is_modified(const ptr<T>& object) const {
        return is_modified(object.instance());
    }
    /// Whether it is a pending or persistent object of this session.
    template <class T>
    [[nodiscard]] bool contains(const ptr<T>& object) const {
        return contains(object.instance());
    }
    /// Has handlers called until the result goes.
    [[nodiscard]] event_subscription subscribe(session_events events);
    /// The objects of a class that the next flush inserts, ...
    template <mapped T>
    [[nodiscard]] std::vector<ptr<T>> pending() const {
        return handles<T>(detail::object_fate::insert);
    }
    /// ... may have to update, ...
    template <mapped T>
    [[nodiscard]] std::vector<ptr<T>> dirty() const {
        return handles<T>(detail::object_fate::update);
    }
    /// ... and deletes, as far as the program has said so: cascades are found when it flushes.
    template <mapped T>
    [[nodiscard]] std::vector<ptr<T>> removed() const {
        return handles<T>(detail::object_fate::remove);
    }
    /// Which columns of an object differ from what the database has, as far as the session knows; relations are told by their columns,
    /// once they are flushed. In after_insert and after_update: what has just been written.
    template <class T>
    [[nodiscard]] std::vector<column_change> changes_of(const ptr<T>& object) const {
        return changes_of(object.instance());
    }
    /// Statements that it has run so far: a test says how many something may take.
    [[nodiscard]] std::size_t statement_count() const noexcept;
    /// For tests: while the result lives, no more than `n` statements may run.
    [[nodiscard]] statement_bound expect_at_most(std::size_t n);
    /// The session's own connection, in its transaction, for what is no matter of objects; flush before.
    [[nodiscard]] azoth::connection& connection();
    /// The same to the database that a struct's rows are written to, where the session has an engine_resolver.
    template <mapped T>
    [[nodiscard]] azoth::connection& connection() {
        return connection(detail::class_of<T>());
    }

private:
    template <class... Ts>
    auto written(const node_ptr& statement, arguments args) {
        using loader = detail::row_loader<std::tuple<Ts...>>;
        detail::query_run run{core(), {statement, {args.begin(), args.size()}, {}}, loader::elements()};
        auto rows = loader::all(run);
        return detail::written_rows<typename loader::row>{std::move(rows), run.affected_rows()};
    }
    void add(detail::instance* i);
    void remove(detail::instance* i);
    detail::instance* merge(detail::instance* i);
    void refresh(detail::instance* i, const get_options& how);
    void expire(detail::instance* i);
    void expunge(detail::instance* i);
    detail::instance* get(const detail::entity_class& of, std::span<const value> key, const get_options& how = {});
    [[nodiscard]] object_state state_of(const detail::instance* i) const;
    [[nodiscard]] bool is_modified(detail::instance* i) const;
    [[nodiscard]] bool contains(const detail::instance* i) const;
    [[nodiscard]] std::vector<detail::instance*> objects_to_write(const detail::entity_class& of, detail::object_fate fate) const;
    [[nodiscard]] std::vector<column_change> changes_of(const detail::instance* i) const;
    template <class T>
    [[nodiscard]] std::vector<ptr<T>> handles(detail::object_fate fate) const {
        std::vector<ptr<T>> all;
        for (detail::instance* i : objects_to_write(detail::class_of<T>(), fate)) all.emplace_back(i, static_cast<T*>(i->object));
        return all;
    }
    [[nodiscard]] azoth::connection& connection(const detail::entity_class& of);
    [[nodiscard]] detail::session_core& core() const;
    /// For streams.
    [[nodiscard]] std::shared_ptr<detail::session_place> place();
    void end() noexcept;

    friend class detail::session_core;
    /// The same session, for its handlers.
    explicit session(std::shared_ptr<detail::session_core> core) noexcept : core_{std::move(core)} {}

    std::shared_ptr<detail::session_core> core_;
    std::shared_ptr<detail::session_place> place_{};  ///< where `core_` is, for streams
};

}  // namespace azoth::orm
