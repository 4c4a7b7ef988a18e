#include "options_parts.hpp"
#include "steps.hpp"

#include <atomic>
#include <set>
#include <thread>

namespace azoth::conformance::areas {

using options_parts::id;
using options_parts::names;

namespace {

auto by_id() { return select(col<&item::name>).where(id == param<std::int64_t>("id")); }
auto by_ids() { return select(id).where(id.in(param_list<std::int64_t>("ids"))).order_by(id); }

void other_sizes(context& on) {
    connection c = stocked(on, 3);
    CHECK(c.scalar(by_id(), {{"id", std::int64_t{2}}}) == "item 2");
    CHECK(c.scalar(by_id(), {{"id", 2}}) == "item 2");
    CHECK(c.scalar(by_id(), {{"id", std::uint16_t{2}}}) == "item 2");
    CHECK(c.scalar(by_id(), {{"id", std::optional{2}}}) == "item 2");
}

template <class V>
errc refusal_of(connection& c, const V& given) {
    return thrown<data_error>([&] { (void)c.execute(by_id(), {{"id", given}}); }).code();
}

void wrong_types(context& on) {
    connection c = stocked(on, 3);
    CHECK(refusal_of(c, "2") == errc::type_mismatch);
    CHECK(refusal_of(c, 2.0) == errc::type_mismatch);
    CHECK(refusal_of(c, true) == errc::type_mismatch);
    CHECK(refusal_of(c, decimal::parse("2")) == errc::type_mismatch);
    CHECK(refusal_of(c, std::vector<int>{2}) == errc::type_mismatch);
    CHECK(refusal_of(c, std::nullopt) == errc::null_value);
    CHECK(refusal_of(c, std::uint64_t{1} << 63) == errc::value_range);
    CHECK(c.scalar(by_id(), {{"id", 2}}) == "item 2");
}

void null_given(context& on) {
    connection c = stocked(on, 3);
    const auto size = param<std::optional<std::int64_t>>("size");
    const auto query = select(id).where(col<&item::size>.is_not_distinct_from(size)).order_by(id);
    CHECK(c.execute(query, {{"size", std::nullopt}}).scalars() == std::vector<std::int64_t>{3});
    CHECK(c.execute(query, {{"size", 20}}).scalars() == std::vector<std::int64_t>{2});
    c.execute(update<item>().set(col<&item::size>, size).where(id == 1), {{"size", std::optional<int>{}}});
    CHECK(c.execute(query, {{"size", std::nullopt}}).scalars() == std::vector<std::int64_t>{1, 3});
}

void lists(context& on) {
    connection c = stocked(on, 10);
    using many = std::vector<std::int64_t>;
    CHECK(c.execute(by_ids(), {{"ids", many{}}}).scalars().empty());
    CHECK(c.execute(by_ids(), {{"ids", many{7}}}).scalars() == many{7});
    CHECK(c.execute(by_ids(), {{"ids", std::set<int>{9, 2, 77}}}).scalars() == many{2, 9});
    const auto others = select(id).where(id.not_in(param_list<std::int64_t>("ids")), id > param<std::int64_t>("least")).order_by(id);
    CHECK(c.execute(others, {{"ids", many{8}}, {"least", 7}}).scalars() == many{9, 10});
    CHECK(c.execute(others, {{"ids", many{}}, {"least", 8}}).scalars() == many{9, 10});
    const auto named = select(id).where(col<&item::name>.in(param_list<std::string>("names"))).order_by(id);
    CHECK(c.execute(named, {{"names", std::vector<std::string>{"item 3", "'", ""}}}).scalars() == many{3});
}

void long_list(context& on) {
    connection c = stocked(on, 10);
    std::vector<std::int64_t> ids(std::min<std::size_t>(10'000, on.can().max_parameters - 1));
    for (std::size_t i = 0; i < ids.size(); ++i) ids[i] = static_cast<std::int64_t>(i) + 6;
    CHECK(c.execute(by_ids(), {{"ids", ids}}).scalars() == std::vector<std::int64_t>{6, 7, 8, 9, 10});
}

void list_of_another_kind(context& on) {
    connection c = stocked(on, 3);
    CHECK(thrown<data_error>([&] { (void)c.execute(by_ids(), {{"ids", 1}}); }).code() == errc::type_mismatch);
    CHECK(thrown<data_error>([&] { (void)c.execute(by_ids(), {{"ids", std::vector<std::string>{"1"}}}); }).code() == errc::type_mismatch);
    CHECK(thrown<data_error>([&] {
              (void)c.execute(by_ids(), {{"ids", std::vector<std::optional<int>>{std::nullopt}}});
          }).code() == errc::null_value);
    CHECK(thrown<programming_error>([&] { (void)c.execute(by_ids()); }).code() == errc::parameter);
    check_usable(c);
}

/// One statement, kept by the program and run by many.
void shared_by_threads(context& on) {
    needs_more_connections(on);
    connection first = stocked(on, 20);
    first.close();
    const auto query = by_id();
    std::atomic<int> wrong{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&, t] {
            try {
                connection c = on.engine().connect();
                for (int i = 0; i < 25; ++i) {
                    const std::int64_t wanted = (t * 7 + i) % 20 + 1;
                    if (c.scalar(query, {{"id", wanted}}) != "item " + std::to_string(wanted)) ++wrong;
                    if (c.scalar(query.where(id > std::int64_t{0}), {{"id", wanted}}) != "item " + std::to_string(wanted)) ++wrong;
                }
            } catch (const std::exception&) {
                ++wrong;
            }
        });
    for (auto& t : threads) t.join();
    CHECK(wrong == 0);
}

}  // namespace

std::vector<test_case> options_parts::parameters() {
    return {
        {"options/parameters-of-other-sizes", "an integer of another size is taken for a parameter where it fits", {}, other_sizes},
        {"options/parameters-of-wrong-types", "a value of another type than the parameter's is refused", {}, wrong_types},
        {"options/parameters-null", "NULL is taken for a parameter that can be NULL", {}, null_given},
        {"options/lists", "a list given at execution has any length, none included", {}, lists},
        {"options/lists-long", "... and ten thousand elements", {}, long_list},
        {"options/lists-of-another-kind",
         "a list of the wrong type, with NULL in it or no list at all is refused",
         {},
         list_of_another_kind},
        {"options/shared-by-threads", "threads share one statement, each with its own values", {}, shared_by_threads},
    };
}

}  // namespace azoth::conformance::areas
