// FOR UPDATE and its kin, as a competing connection meets them.
#include "areas.hpp"
#include "claims.hpp"
#include "steps.hpp"

#include <future>

namespace azoth::conformance {
namespace {

constexpr auto id = col<&item::id>;
constexpr auto name = col<&item::name>;

auto one(std::int64_t which) { return select(id).where(id == which); }
constexpr lock_options not_waiting{lock_strength::update, lock_wait::nowait};
constexpr lock_options skipping{lock_strength::update, lock_wait::skip_locked};

/// That the query finds a lock in its way; the connection goes on.
template <class S>
void is_locked(connection& c, const S& query) {
    const auto e = thrown<operational_error>([&] { (void)c.execute(query).all(); });
    CHECK((e.code() == errc::locked || e.code() == errc::timeout));
    CHECK_FALSE(e.is_disconnect());
    c.rollback();
}

template <class S>
std::vector<std::int64_t> ids(connection& c, const S& query) {
    return c.scalars(query);
}

using found = std::vector<std::int64_t>;

void keep_writers_out(context& on) {
    connection holder = stocked(on, 5);
    CHECK(ids(holder, one(2).with_for_update()) == found{2});
    needs_more_connections(on);
    connection c = on.connect();
    auto writer =
        std::async(std::launch::async, [&] { return c.execute(update<item>().set(name, "second").where(id == 2)).affected_rows(); });
    CHECK(writer.wait_for(std::chrono::milliseconds{300}) == std::future_status::timeout);
    holder.execute(update<item>().set(name, "first").where(id == 2));
    holder.commit();
    if (on.can().rereads_locked_rows) {
        CHECK(writer.get() == 1);
        c.commit();
    } else {
        CHECK(thrown<error>([&] { return writer.get(); }).is_retryable());
        c.rollback();
        c.execute(update<item>().set(name, "second").where(id == 2));
        c.commit();
    }
    CHECK(holder.scalar(select(name).where(id == 2)) == "second");
}

/// Who waited for the lock reads what the holder wrote.
void show_what_was_written(context& on) {
    connection holder = stocked(on, 5);
    CHECK(ids(holder, one(2).with_for_update()) == found{2});
    needs_more_connections(on);
    connection c = on.connect();
    auto reader = std::async(std::launch::async, [&] { return c.scalar(select(name).where(id == 2).with_for_update()); });
    CHECK(reader.wait_for(std::chrono::milliseconds{200}) == std::future_status::timeout);
    holder.execute(update<item>().set(name, "first").where(id == 2));
    holder.commit();
    CHECK(reader.get() == "first");
    c.rollback();
}

void end_with_transaction(context& on) {
    connection holder = stocked(on, 5);
    for (const bool commits : {true, false}) {
        CHECK(ids(holder, one(2).with_for_update()) == found{2});
        needs_more_connections(on);
        connection c = on.connect();
        is_locked(c, one(2).with_for_update(not_waiting));
        if (commits) holder.commit();
        else holder.rollback();
        CHECK(ids(c, one(2).with_for_update(not_waiting)) == found{2});
        c.rollback();
    }
}

void do_not_wait(context& on) {
    connection holder = stocked(on, 5);
    CHECK(ids(holder, one(2).with_for_update(not_waiting)) == found{2});
    needs_more_connections(on);
    connection c = on.connect();
    const stopwatch time;
    is_locked(c, one(2).with_for_update(not_waiting));
    CHECK(time.elapsed() < std::chrono::seconds{5});
    CHECK(ids(c, one(3).with_for_update(not_waiting)) == found{3});
    CHECK(ids(c, one(2)) == found{2});  // reading without a lock waits for nobody
    c.rollback();
    holder.rollback();
}

/// Each worker takes the next rows that nobody has.
void skip(context& on) {
    connection first = stocked(on, 5);
    const auto next = select(id).order_by(id).limit(2).with_for_update(skipping);
    CHECK(ids(first, next) == found{1, 2});
    needs_more_connections(on);
    connection second = on.connect();
    CHECK(ids(second, next) == found{3, 4});
    connection third = on.connect();
    CHECK(ids(third, next) == found{5});
    second.rollback();
    third.rollback();
    CHECK(ids(third, next) == found{3, 4});
    third.rollback();
    first.rollback();
}

void share(context& on) {
    connection holder = stocked(on, 5);
    CHECK(ids(holder, one(2).with_for_update({lock_strength::share})) == found{2});
    needs_more_connections(on);
    connection c = on.connect();
    CHECK(ids(c, one(2).with_for_update({lock_strength::share, lock_wait::nowait})) == found{2});
    c.rollback();
    is_locked(c, one(2).with_for_update(not_waiting));
    holder.rollback();
    CHECK(ids(c, one(2).with_for_update(not_waiting)) == found{2});
    c.rollback();
}

void of_some_tables(context& on) {
    const table other = on.make_table("other", {column("n", type_kind::big_integer, primary_key, not_generated)});
    connection holder = stocked(on, 5);
    holder.execute(insert(other).columns(other["n"]), {{2}, {3}});
    holder.commit();
    const auto n = other.column<std::int64_t>("n");
    CHECK(ids(holder, select(id).join(other, n == id).order_by(id).with_for_update({}, entity<item>)) == found{2, 3});
    needs_more_connections(on);
    connection c = on.connect();
    CHECK(ids(c, select(n).order_by(n).with_for_update(not_waiting)) == found{2, 3});
    is_locked(c, one(2).with_for_update(not_waiting));
    holder.rollback();
    const auto mine = alias<item>("mine"), theirs = alias<item>("theirs");
    const auto pairs = select(mine[&item::id]).join(theirs, theirs[&item::id] == mine[&item::id] + 1).where(mine[&item::id] == 1);
    CHECK(ids(holder, pairs.with_for_update({}, mine)) == found{1});
    CHECK(ids(c, one(2).with_for_update(not_waiting)) == found{2});
    is_locked(c, one(1).with_for_update(not_waiting));
    holder.rollback();
}

void spare_keys(context& on) {
    connection holder = stocked(on, 5);
    CHECK(ids(holder, one(2).with_for_update({lock_strength::no_key_update})) == found{2});
    needs_more_connections(on);
    connection c = on.connect();
    CHECK(ids(c, one(2).with_for_update({lock_strength::key_share, lock_wait::nowait})) == found{2});
    c.rollback();
    is_locked(c, one(2).with_for_update({lock_strength::share, lock_wait::nowait}));
    holder.rollback();
}

/// What groups rows has none to lock.
void of_groups(context& on) {
    connection c = stocked(on, 5);
    const auto refused = [&](const auto& query) {
        CHECK(thrown<programming_error>([&] { (void)c.execute(query); }).code() == errc::statement);
    };
    refused(select(name).distinct().with_for_update());
    refused(select(name, func::count()).group_by(name).with_for_update());
}

}  // namespace

std::vector<test_case> areas::locks_cases() {
    return {
        {"locks/for-update", "a locked row waits with its writers until the transaction ends", claims::row_locks, keep_writers_out},
        {"locks/sees-writes", "who waited for a lock reads what its holder wrote", claims::row_locks, show_what_was_written},
        {"locks/end", "locks end with commit and with rollback", claims::lock_nowait, end_with_transaction},
        {"locks/nowait", "NOWAIT is an error at once, and other rows are free", claims::lock_nowait, do_not_wait},
        {"locks/skip-locked", "SKIP LOCKED takes the next rows that nobody has", claims::skip_locked, skip},
        {"locks/share", "readers share a row, and keep those out who would change it", claims::lock_nowait, share},
        {"locks/of", "of a join, the rows of one table or alias", claims::locks_of_tables, of_some_tables},
        {"locks/keys", "locks that let others refer to a row", claims::key_locks, spare_keys},
        {"locks/of-groups", "a lock of groups is refused before it is sent", {}, of_groups},
    };
}

}  // namespace azoth::conformance
