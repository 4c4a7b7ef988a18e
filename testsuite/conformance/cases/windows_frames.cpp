// Frames: of rows, values and groups, with what they leave out.
#include "aggregates_parts.hpp"
#include "claims.hpp"
#include "moments.hpp"
#include "sales.hpp"

namespace azoth::conformance {
namespace {

using namespace sales;

std::string ids_and_sums(connection& c, const window& w) { return told(c, select(id, func::sum(amount).over(w)).order_by(id)); }
std::string ids_and_counts(connection& c, const window& w) { return told(c, select(id, func::count().over(w)).order_by(id)); }

void rows(context& on) {
    connection c = stocked(on);
    const auto w = window{}.order_by(id);
    CHECK(ids_and_sums(c, w.rows(-1, 1)) == "1 8, 2 13, 3 10, 4 8, 5 10, 6 13, 7 19, 8 12");
    CHECK(ids_and_sums(c, w.rows(std::nullopt, -1)) == "1 -, 2 5, 3 8, 4 13, 5 15, 6 16, 7 23, 8 28");
    CHECK(ids_and_sums(c, w.rows(1, 2)) == "1 8, 2 7, 3 3, 4 8, 5 12, 6 12, 7 7, 8 -");
    CHECK(ids_and_sums(c, w.rows(0, std::nullopt)) == "1 35, 2 30, 3 27, 4 22, 5 20, 6 19, 7 12, 8 7");
    CHECK(ids_and_sums(c, w.rows(-3, -2)) == "1 -, 2 -, 3 5, 4 8, 5 8, 6 7, 7 3, 8 8");
    CHECK(ids_and_sums(c, w.rows(0, 0)) == "1 5, 2 3, 3 5, 4 2, 5 1, 6 7, 7 5, 8 7");
}

/// Frames that differ share no SQL, and those that do not may.
void rows_with_caching(context& on) {
    connection c = stocked(on);
    for (const std::int32_t reach : {1, 2, 1, 3, 2}) {
        const auto found = c.execute(select(func::count().over(window{}.order_by(id).rows(-reach, reach))).order_by(id)).all();
        CHECK(std::get<0>(found.front()) == reach + 1);
        CHECK(std::get<0>(found.at(3)) == 2 * reach + 1);
    }
}

void values(context& on) {
    connection c = stocked(on);
    const auto w = window{}.order_by(amount);
    CHECK(ids_and_counts(c, w.range(std::nullopt, 0)) == "1 6, 2 3, 3 6, 4 2, 5 1, 6 8, 7 6, 8 8");
    CHECK(ids_and_counts(c, w.range(0, 0)) == "1 3, 2 1, 3 3, 4 1, 5 1, 6 2, 7 3, 8 2");
}

void values_at_a_distance(context& on) {
    connection c = stocked(on);
    const auto w = window{}.order_by(amount);
    CHECK(ids_and_counts(c, w.range(-2, 0)) == "1 4, 2 3, 3 4, 4 2, 5 1, 6 5, 7 4, 8 5");
    CHECK(ids_and_counts(c, w.range(1, 2)) == "1 2, 2 3, 3 2, 4 1, 5 2, 6 0, 7 2, 8 0");
    CHECK(ids_and_counts(c, window{}.order_by(amount.desc()).range(-2, 0)) == "1 5, 2 4, 3 5, 4 2, 5 3, 6 2, 7 5, 8 2");
    CHECK(ids_and_counts(c, partition_by(region).order_by(amount).range(-3, std::nullopt)) == "1 2, 2 3, 3 3, 4 3, 5 3, 6 2, 7 3, 8 2");
}

/// A NULL is at its own place, however far the frame reaches.
void values_with_nulls(context& on) {
    connection c = stocked(on);
    CHECK(ids_and_counts(c, window{}.order_by(rating).range(-1.0, 0.5)) == "1 3, 2 2, 3 1, 4 4, 5 3, 6 2, 7 1, 8 3");
    CHECK(ids_and_counts(c, window{}.order_by(rating).range(-0.5, 0)) == "1 3, 2 2, 3 1, 4 1, 5 1, 6 2, 7 1, 8 3");
}

void decimal_values(context& on) {
    connection c = stocked(on);
    c.execute(update<sale>().set(price, id.as<decimal>() / decimal{10}));
    CHECK(ids_and_counts(c, window{}.order_by(price).range(decimal{-1, 1}, 0)) == "1 1, 2 2, 3 2, 4 2, 5 2, 6 2, 7 2, 8 2");
    CHECK(ids_and_counts(c, window{}.order_by(price.desc()).range(0, decimal{25, 2})) == "1 1, 2 2, 3 3, 4 3, 5 3, 6 3, 7 3, 8 3");
}

void days(context& on) {
    connection c = stocked(on);
    using std::chrono::days;
    CHECK(ids_and_counts(c, window{}.order_by(sold_on).range(-days{1}, days{0})) == "1 1, 2 3, 3 3, 4 1, 5 1, 6 3, 7 3, 8 1");
    CHECK(ids_and_counts(c, window{}.order_by(sold_on).range(-days{4}, days{4})) == "1 4, 2 4, 3 4, 4 5, 5 4, 6 3, 7 3, 8 1");
    CHECK(ids_and_counts(c, window{}.order_by(sold_on.desc()).range(-std::chrono::weeks{1}, 0)) ==
          "1 4, 2 4, 3 4, 4 4, 5 3, 6 2, 7 2, 8 1");
    CHECK(ids_and_counts(c, partition_by(region).order_by(sold_on).range(std::nullopt, -days{1})) ==
          "1 0, 2 1, 3 0, 4 1, 5 2, 6 0, 7 2, 8 1");
}

/// To the microsecond.
void moments(context& on) {
    connection c = stocked(on);
    const auto tick = grain(on);
    using std::chrono::seconds;
    const local_timestamp start{std::chrono::local_days{day(1, 1)}.time_since_epoch()};
    c.execute(update<sale>().set(sold_at, start + tick).where(id == 1));
    c.execute(update<sale>().set(sold_at, start + seconds{1} + tick).where(id == 2));
    c.execute(update<sale>().set(sold_at, start + seconds{2} + 2 * tick).where(id == 3));
    const auto counted = [&](const window& w) { return told(c, select(id, func::count().over(w)).where(id < 4).order_by(id)); };
    CHECK(counted(window{}.order_by(sold_at).range(-seconds{1}, 0)) == "1 1, 2 2, 3 1");
    CHECK(counted(window{}.order_by(sold_at).range(-(seconds{1} + tick), 0)) == "1 1, 2 2, 3 2");
    CHECK(counted(window{}.order_by(sold_at.desc()).range(-std::chrono::minutes{1}, 0)) == "1 3, 2 2, 3 1");
}

void groups_of_rows(context& on) {
    connection c = stocked(on);
    const auto w = window{}.order_by(amount);
    CHECK(ids_and_counts(c, w.groups(-1, 0)) == "1 4, 2 2, 3 4, 4 2, 5 1, 6 5, 7 4, 8 5");
    CHECK(ids_and_counts(c, w.groups(1, 2)) == "1 2, 2 5, 3 2, 4 4, 5 2, 6 0, 7 2, 8 0");
    CHECK(ids_and_counts(c, w.groups(std::nullopt, std::nullopt)) == "1 8, 2 8, 3 8, 4 8, 5 8, 6 8, 7 8, 8 8");
}

void exclusions(context& on) {
    connection c = stocked(on);
    const auto w = window{}.order_by(amount).range(std::nullopt, 0);
    CHECK(ids_and_counts(c, w.exclude(frame_exclusion::current_row)) == "1 5, 2 2, 3 5, 4 1, 5 0, 6 7, 7 5, 8 7");
    CHECK(ids_and_counts(c, w.exclude(frame_exclusion::group)) == "1 3, 2 2, 3 3, 4 1, 5 0, 6 6, 7 3, 8 6");
    CHECK(ids_and_counts(c, w.exclude(frame_exclusion::ties)) == "1 4, 2 3, 3 4, 4 2, 5 1, 6 7, 7 4, 8 7");
    CHECK(ids_and_sums(c, window{}.order_by(id).rows(-1, 1).exclude(frame_exclusion::current_row)) ==
          "1 3, 2 10, 3 5, 4 6, 5 9, 6 6, 7 14, 8 5");
}

}  // namespace

std::vector<test_case> areas::aggregates_parts::frames() {
    return {
        {"windows/rows", "frames of rows before, after, around, to the ends and empty", claims::window_frames, rows},
        {"windows/rows-between-with-caching", "frames that differ give other results, one after another", claims::window_frames,
         rows_with_caching},
        {"windows/range", "frames of values up to here, and of the row's own value", claims::window_frames, values},
        {"windows/range-numeric", "frames of values at most so far away, up and down", claims::window_frames, values_at_a_distance},
        {"windows/range-nulls", "... among NULLs", claims::window_frames, values_with_nulls},
        {"windows/range-decimals", "... of decimals, exactly", claims::decimal_range_frames, decimal_values},
        {"windows/range-dates", "frames of days and weeks", claims::window_frames, days},
        {"windows/range-moments", "frames of seconds and microseconds", claims::window_frames, moments},
        {"windows/groups", "frames of groups", claims::group_frames, groups_of_rows},
        {"windows/exclude", "frames without the row, its group or its ties", claims::frame_exclusion, exclusions},
    };
}

}  // namespace azoth::conformance
