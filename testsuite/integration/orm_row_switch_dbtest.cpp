// A removed object and a new one with its key, in one flush: one row, which is updated.
#include "orm_support.hpp"

using namespace orm_tests;

namespace switches {

struct Article {
    std::string code{};
    std::string words{};
    std::optional<std::string> grade{};
    std::int64_t length{};
    std::int64_t twice{};
    std::int32_t version{};
};
struct Invoice;
struct Line {
    std::int64_t invoice_id{};
    std::int32_t place{};
    std::string words{};
    orm::one<Invoice> invoice{};
};
struct Stamp {
    std::int64_t id{};
    std::int64_t invoice_id{};
    orm::one<Invoice> invoice{};
};
struct Invoice {
    std::int64_t id{};
    std::string words{};
    orm::many<Line> lines{};
    orm::many<Stamp> stamps{};
};

}  // namespace switches

using namespace switches;

template <>
struct azoth::mapping<Article> {
    static az::table_map<Article> map() {
        return az::table_map<Article>("switches_article")
            .column<&Article::code>(az::primary_key, az::string(20))
            .column<&Article::words>()
            .column<&Article::grade>(az::string(20), az::server_default("'plain'"))
            .column<&Article::length>()
            .column<&Article::twice>(az::computed("length * 2"))
            .column<&Article::version>(orm::version_id);
    }
};
template <>
struct azoth::mapping<Line> {
    static az::table_map<Line> map() {
        return az::table_map<Line>("switches_line")
            .column<&Line::invoice_id>(az::primary_key, az::references<&Invoice::id>)
            .column<&Line::place>(az::primary_key)
            .column<&Line::words>()
            .relation<&Line::invoice>();
    }
};
template <>
struct azoth::mapping<Stamp> {
    static az::table_map<Stamp> map() {
        return az::table_map<Stamp>("switches_stamp")
            .column<&Stamp::id>(az::primary_key)
            .column<&Stamp::invoice_id>(az::references<&Invoice::id>.on_delete(az::referential_action::cascade))
            .relation<&Stamp::invoice>();
    }
};
template <>
struct azoth::mapping<Invoice> {
    static az::table_map<Invoice> map() {
        return az::table_map<Invoice>("switches_invoice")
            .column<&Invoice::id>(az::primary_key)
            .column<&Invoice::words>()
            .relation<&Invoice::lines>(orm::back_populates<&Line::invoice>, orm::cascade_all_delete_orphan)
            .relation<&Invoice::stamps>(orm::back_populates<&Stamp::invoice>, orm::cascade_delete.passive());
    }
};

namespace {

template <class Test>
void each(Test&& test) {
    on_each_database<Article, Invoice, Line, Stamp>(std::forward<Test>(test));
}

template <class T>
std::int64_t rows_of(orm::session& in) {
    return in.scalar(az::select(az::func::count()).select_from(az::entity<T>));
}

}  // namespace

TEST_CASE("orm row switch: a new object takes the row of a removed one with its key") {
    each([](const az::engine& engine) {
        orm::session session{engine};
        auto before = session.add(Article{.code = "a1", .words = "before", .grade = "fine", .length = 4});
        auto other = session.add(Article{.code = "b2", .words = "other"});
        session.commit();
        session.remove(before);
        session.remove(other);
        auto after = session.add(Article{.code = "a1", .words = "after", .length = 5});
        session.flush();
        CHECK(session.state_of(before) == orm::object_state::deleted);
        CHECK(session.state_of(after) == orm::object_state::persistent);
        CHECK(session.get<Article>(std::string{"a1"}) == after);
        CHECK(after->grade == "plain");
        CHECK(after->twice == 10);
        CHECK(after->version == 2);
        session.commit();
        CHECK(session.state_of(before) == orm::object_state::detached);
        CHECK_FALSE(session.is_modified(after));
        orm::session later{engine};
        const auto read = later.scalars(az::select<Article>()).one();
        CHECK(read->words == "after");
        CHECK(read->grade == "plain");
        CHECK(read->version == 2);
    });
}

TEST_CASE("orm row switch: a rollback gives the row back to the removed object") {
    each([](const az::engine& engine) {
        orm::session session{engine};
        auto before = session.add(Article{.code = "a1", .words = "before"});
        session.commit();
        auto inner = session.begin_nested();
        session.remove(before);
        auto after = session.add(Article{.code = "a1", .words = "after"});
        session.flush();
        session.remove(after);
        auto last = session.add(Article{.code = "a1", .words = "last"});
        session.flush();
        CHECK(last->version == 3);
        inner.rollback();
        CHECK(session.state_of(before) == orm::object_state::persistent);
        CHECK(session.state_of(after) == orm::object_state::transient);
        CHECK(session.state_of(last) == orm::object_state::transient);
        CHECK(session.get<Article>(std::string{"a1"}) == before);
        CHECK(before->words == "before");
        CHECK(before->version == 1);
        session.remove(before);
        session.add(after);
        session.flush();
        session.rollback();
        CHECK(session.get<Article>(std::string{"a1"}) == before);
        CHECK(session.state_of(after) == orm::object_state::transient);
        before->words = "still here";
        session.commit();
        CHECK(before->version == 2);
    });
}

TEST_CASE("orm row switch: what somebody else has changed meanwhile is not replaced") {
    each([](const az::engine& engine) {
        orm::session session{engine};
        auto before = session.add(Article{.code = "a1", .words = "before"});
        session.commit();
        (void)session.connection().execute(az::text("UPDATE switches_article SET version = 7"));
        session.remove(before);
        auto after = session.add(Article{.code = "a1", .words = "after"});
        CHECK(thrown<az::error>([&] { session.flush(); }).code() == az::errc::stale_data);
        CHECK(session.state_of(before) == orm::object_state::persistent);
        CHECK(session.state_of(after) == orm::object_state::pending);
        CHECK(after->version == 0);
        session.rollback();
        CHECK(session.get<Article>(std::string{"a1"}) == before);
        CHECK(session.state_of(after) == orm::object_state::transient);
    });
}

TEST_CASE("orm row switch: new parts in the places of old ones") {
    each([](const az::engine& engine) {
        orm::session session{engine};
        auto invoice = session.add(Invoice{.words = "one"});
        invoice->lines.push_back(az::make<Line>({.place = 1, .words = "old one"}));
        invoice->lines.push_back(az::make<Line>({.place = 2, .words = "old two"}));
        session.commit();
        const auto old = invoice->lines[0];
        invoice->lines = {az::make<Line>({.place = 1, .words = "new one"}), az::make<Line>({.place = 3, .words = "new three"})};
        session.commit();
        CHECK(session.state_of(old) == orm::object_state::detached);
        orm::session later{engine};
        std::vector<std::string> words;
        for (const auto& line : later.scalars(az::select<Line>().order_by(az::col<&Line::place>)).all()) words.push_back(line->words);
        CHECK(words == std::vector<std::string>{"new one", "new three"});
    });
}

TEST_CASE("orm row switch: the whole and its parts; what moves over stays, the rest goes, also what the database would have deleted") {
    each([](const az::engine& engine) {
        std::int64_t id{};
        {
            orm::session session{engine};
            auto invoice = session.add(Invoice{.words = "old"});
            invoice->lines = {az::make<Line>({.place = 1, .words = "goes"}), az::make<Line>({.place = 2, .words = "replaced"}),
                              az::make<Line>({.place = 3, .words = "moves"})};
            invoice->stamps = {az::make<Stamp>(), az::make<Stamp>()};
            session.commit();
            id = invoice->id;
        }
        orm::session session{engine};
        auto before = session.get<Invoice>(id);
        auto moving = session.get<Line>(id, 3);
        session.remove(before);
        auto after = session.add(Invoice{.id = id, .words = "new"});
        after->lines.push_back(az::make<Line>({.place = 2, .words = "replacing"}));
        after->lines.push_back(moving);
        after->stamps.push_back(az::make<Stamp>());
        session.flush();
        CHECK(moving->invoice == after);
        CHECK(session.get<Invoice>(id) == after);
        CHECK(rows_of<Invoice>(session) == 1);
        CHECK(rows_of<Stamp>(session) == 1);
        session.commit();
        orm::session later{engine};
        std::vector<std::string> words;
        for (const auto& line : later.scalars(az::select<Line>().order_by(az::col<&Line::place>)).all()) words.push_back(line->words);
        CHECK(words == std::vector<std::string>{"replacing", "moves"});
        CHECK(later.get<Invoice>(id)->words == "new");
    });
}

TEST_CASE("orm row switch: handlers are told that one goes and another comes") {
    each([](const az::engine& engine) {
        std::vector<std::string> told;
        orm::session session{engine};
        auto before = session.add(Article{.code = "a1", .words = "before"});
        session.commit();
        const auto note = [&](const char* what) {
            return [&told, what](Article& a, orm::session&) { told.push_back(what + (" " + a.words)); };
        };
        const auto heard = session.subscribe(orm::session_events{}
                                                 .before_insert<Article>(note("before insert"))
                                                 .after_insert<Article>(note("after insert"))
                                                 .before_update<Article>(note("before update"))
                                                 .before_delete<Article>(note("before delete"))
                                                 .after_delete<Article>(note("after delete")));
        session.remove(before);
        session.add(Article{.code = "a1", .words = "after"});
        session.commit();
        CHECK(told == std::vector<std::string>{"before delete before", "before insert after", "after delete before", "after insert after"});
    });
}

TEST_CASE("orm row switch: objects take keys over from each other, and give them back") {
    each([](const az::engine& engine) {
        orm::session session{engine};
        auto one = session.add(Line{.place = 1, .words = "one"});
        auto invoice = session.add(Invoice{});
        one->invoice = invoice;
        auto two = session.add(Line{.place = 2, .words = "two"});
        two->invoice = invoice;
        session.commit();
        const auto read = session.scalars(az::select<Line>()).all();
        one->place = 0;
        two->place = 1;
        session.flush();
        CHECK(session.get<Line>(invoice->id, 1) == two);
        session.rollback();
        CHECK(session.get<Line>(invoice->id, 1) == one);
        CHECK(session.get<Line>(invoice->id, 2) == two);
    });
}
