#include "options_parts.hpp"
#include "steps.hpp"

#include <algorithm>

namespace azoth::conformance::areas {

using options_parts::id;
using options_parts::names;

namespace {

const name_map hostile{
    {"route", "*/ DROP TABLE x; -- '\" ? :a $1 \\ %s"}, {"!40001 key", "\xc3\xa4\n/*"}, {"traceparent", "00-5bd6-c532-01"}};

std::size_t tagged(const context& on, std::string_view part) {
    const auto all = on.statements();
    return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [&](const std::string& s) { return contains(s, part); }));
}

void change_no_result(context& on) {
    connection c = stocked(on, 5);
    const auto plain = c.scalars(names());
    for (int time = 0; time < 3; ++time) CHECK(c.execute(names(), arguments{}, {.tags = hostile}).scalars() == plain);
    CHECK(tagged(on, "traceparent='00-5bd6-c532-01'*/") == 3);
    const auto one = names().where(col<&item::id> == param<std::int64_t>("id"), col<&item::name>.in({"item 2", "?", "*/"}));
    CHECK(c.execute(one, {{"id", 2}}, {.tags = hostile}).scalar() == "item 2");
}

void of_changes(context& on) {
    connection c = stocked(on, 2);
    c.set_options({.tags = hostile});
    CHECK(c.execute(update<item>().set(col<&item::name>, "*/").where(col<&item::id> == 1)).affected_rows() == 1);
    CHECK(c.execute(insert<item>().values({3, "three", {}})).affected_rows() == 1);
    c.execute(insert<item>(), std::vector<item>{{4, "four", {}}, {5, "five", {}}});
    CHECK(c.execute(delete_<item>().where(col<&item::id> == 2)).affected_rows() == 1);
    CHECK(c.scalars(names()) == std::vector<std::string>{"*/", "three", "four", "five"});
    auto results = c.execute_batch(names(), select(func::count()).select_from(entity<item>));
    CHECK(std::get<1>(results).scalar() == 4);
}

void of_returned_rows(context& on) {
    connection c = stocked(on, 0);
    if (!on.can().returning_on_insert) on.decline("returning_on_insert");
    const std::vector<item> rows{{0, "a", {}}, {0, "b", {}}};
    const auto back = c.execute(insert<item>().returning(col<&item::name>), rows, {.tags = hostile}).scalars();
    CHECK(back == std::vector<std::string>{"a", "b"});
}

void of_ddl(context& on) {
    const engine tags = on.engine().with_options({.tags = {{"application", "suite"}}});
    const std::string name = on.unique_name("tagged");
    on.drop_at_end(name);
    const metadata all{{table{name, {column("id", type_kind::big_integer, primary_key)}}}};
    all.create_all(tags);
    all.drop_all(tags);
    CHECK(tagged(on, "application='suite'") >= 2);
}

void leave_comments(context& on) {
    connection c = stocked(on, 1);
    const auto own = text("SELECT name /* mine */ FROM " + mapped_name("item"));
    CHECK(c.execute(own, arguments{}, {.tags = {{"a", "b"}}}).scalar<std::string>() == "item 1");
    CHECK(tagged(on, "a='b'") == 0);
    const auto ended = text("SELECT name FROM " + mapped_name("item") + " ; ");
    CHECK(c.execute(ended, arguments{}, {.tags = {{"a", "b"}}}).scalar<std::string>() == "item 1");
    CHECK(tagged(on, "a='b'") == 1);
}

void differ_each_time(context& on) {
    connection c = stocked(on, 3);
    for (int i = 0; i < 150; ++i) {
        REQUIRE(c.execute(names(), arguments{}, {.tags = {{"traceparent", std::to_string(i)}}}).scalars().size() == 3);
        REQUIRE(c.scalars(names()).size() == 3);
    }
}

void names_are_told(context& on) {
    connection c = stocked(on, 3);
    std::vector<std::string> told;
    event_handlers h;
    h.before_execute = [&](const execution_event& e) { told.emplace_back(e.name); };
    h.after_execute = [&](const execution_event& e) { told.emplace_back(e.name); };
    h.failed = [&](const execution_event& e) { told.emplace_back(e.name); };
    const subscription kept = on.engine().subscribe(std::move(h));
    CHECK(c.execute(names(), arguments{}, {.name = "all names"}).scalars().size() == 3);
    CHECK(told == std::vector<std::string>{"all names", "all names"});
    told.clear();
    CHECK_THROWS_AS(c.execute(text("SELECT nothing FROM " + mapped_name("item")), arguments{}, {.name = "wrong"}), programming_error);
    CHECK(told == std::vector<std::string>{"wrong", "wrong"});
}

}  // namespace

std::vector<test_case> options_parts::tags() {
    return {
        {"options/tags-change-no-result", "tags of any content are sent as a comment, and change no result", {}, change_no_result},
        {"options/tags-of-changes", "... nor what is written, row by row or in bulk", {}, of_changes},
        {"options/tags-of-returned-rows", "... nor what a bulk insert returns", {}, of_returned_rows},
        {"options/tags-of-ddl", "an engine's tags are sent with DDL", {}, of_ddl},
        {"options/tags-leave-comments", "a statement with a comment of its own is left as it is", {}, leave_comments},
        {"options/tags-differ-each-time", "tags that differ each time leave other statements what they are", {}, differ_each_time},
        {"options/names-are-told", "a statement's name is told before and after it, and when it fails", {}, names_are_told},
    };
}

}  // namespace azoth::conformance::areas
