// Members that queries leave out, and that are read when they are touched.
#include "orm_support.hpp"

using namespace orm_tests;

namespace deferring {

struct Comment;
struct Article {
    std::int64_t id{};
    std::string title{};
    orm::deferred<std::string> text{};
    orm::deferred<std::optional<std::string>> summary{};
    orm::deferred<az::bytes> picture{};
    orm::many<Comment> comments{};
};
struct Comment {
    std::int64_t id{};
    std::int64_t article_id{};
    orm::deferred<std::string> words{"none"};
    orm::one<Article> article{};
};
struct Wrong {
    orm::deferred<std::int64_t> id{};
};

}  // namespace deferring

using namespace deferring;

template <>
struct azoth::mapping<Article> {
    static az::table_map<Article> map() {
        return az::table_map<Article>("deferring_article")
            .column<&Article::id>(az::primary_key)
            .column<&Article::title>()
            .column<&Article::text>(az::default_from([] { return std::string{"?"}; }), orm::load_group("words"))
            .column<&Article::summary>(az::string(100), orm::load_group("words"))
            .column<&Article::picture>(orm::not_deferred)
            .relation<&Article::comments>(orm::back_populates<&Comment::article>, orm::order_by<&Comment::id>);
    }
};
template <>
struct azoth::mapping<Comment> {
    static az::table_map<Comment> map() {
        return az::table_map<Comment>("deferring_comment")
            .column<&Comment::id>(az::primary_key)
            .column<&Comment::article_id>(az::references<&Article::id>)
            .column<&Comment::words>()
            .relation<&Comment::article>();
    }
};
template <>
struct azoth::mapping<Wrong> {
    static az::table_map<Wrong> map() { return az::table_map<Wrong>("wrong").column<&Wrong::id>(az::primary_key); }
};

namespace {

template <class Test>
void each(Test&& test) {
    on_each_database<Article, Comment>(std::forward<Test>(test));
}

/// Three articles, each with a comment.
void fill(const az::engine& engine) {
    orm::session session{engine};
    for (const char* name : {"a", "b", "c"}) {
        auto article = session.add(Article{.title = name, .text = std::string{"text of "} + name, .picture = az::bytes{std::byte{1}}});
        article->comments.push_back(az::make<Comment>({.words = "well"}));
    }
    session.commit();
}

}  // namespace

TEST_CASE("orm deferred: left out by queries, and read for all objects together") {
    each([](const az::engine& engine) {
        fill(engine);
        orm::session session{engine};
        const auto bound = session.expect_at_most(2);
        auto all = session.scalars(az::select<Article>().order_by(az::col<&Article::id>)).all();
        REQUIRE(all.size() == 3);
        CHECK_FALSE(all[0]->text.is_loaded());
        CHECK(all[0]->picture.is_loaded());
        CHECK(all[0]->picture->size() == 1);
        CHECK_FALSE(session.is_modified(all[0]));
        CHECK(*all[1]->text == "text of b");
        CHECK(all[2]->text.is_loaded());
        CHECK(all[2]->summary.is_loaded());  // of the same group
        CHECK(all[2]->summary == std::nullopt);
        CHECK_FALSE(session.is_modified(all[1]));
        session.flush();
        CHECK(bound.count() == 2);
    });
}

TEST_CASE("orm deferred: what is not loaded can be assigned, and only that is written") {
    each([](const az::engine& engine) {
        fill(engine);
        orm::session session{engine};
        auto article = session.get<Article>(1);
        CHECK_FALSE(article->text.is_loaded());
        article->text = "new";
        article->title = "A";
        CHECK(session.is_modified(article));
        session.commit();
        article->summary = std::nullopt;  // unknown before: written
        CHECK(session.is_modified(article));
        session.rollback();
        CHECK_FALSE(article->summary.is_loaded());
        orm::session other{engine};
        auto again = other.get<Article>(1);
        CHECK(again->text == "new");
        CHECK(again->title == "A");
        CHECK(*other.get<Article>(2)->text == "text of b");
    });
}

TEST_CASE("orm deferred: a query says what it reads") {
    each([](const az::engine& engine) {
        fill(engine);
        orm::session session{engine};
        const auto first = [&](const auto&... options) {
            session.expunge_all();
            return session.scalars(az::select<Article>().order_by(az::col<&Article::id>).options(options...))[0];
        };
        CHECK(first(orm::undefer<&Article::text>)->text.is_loaded());
        CHECK_FALSE(first(orm::undefer<&Article::text>)->summary.is_loaded());
        CHECK(first(orm::undefer_group<Article>("words"))->summary.is_loaded());
        CHECK_FALSE(first(orm::defer<&Article::picture>)->picture.is_loaded());
        auto only = first(orm::load_only<&Article::text>);
        CHECK(only->text.is_loaded());
        CHECK_FALSE(only->picture.is_loaded());
        CHECK(only->title == "a");
        CHECK_THAT(thrown<az::interface_error>([&] { (void)first(orm::undefer_group<Article>("other")); }).message(),
                   Catch::Contains("deferring::Article has no load_group(\"other\")"));
        CHECK_THAT(thrown<az::interface_error>([&] { (void)first(orm::undefer<&Comment::words>); }).message(),
                   Catch::Contains("deferring::Comment, and selects none"));
        // what the session has already gets what another query reads
        session.expunge_all();
        auto known = session.get<Article>(1);
        CHECK_FALSE(known->text.is_loaded());
        (void)session.scalars(az::select<Article>().options(orm::undefer<&Article::text>));
        CHECK(known->text.is_loaded());
        CHECK_FALSE(session.is_modified(known));
    });
}

TEST_CASE("orm deferred: beside values and other entities, along relations, and in the toolkit") {
    each([](const az::engine& engine) {
        fill(engine);
        orm::session session{engine};
        const auto rows = session
                              .execute(az::select(az::col<&Article::title>, az::entity<Comment>, az::entity<Article>)
                                           .join(az::entity<Article>, az::col<&Comment::article_id> == az::col<&Article::id>)
                                           .where(az::col<&Article::text>.like("%b"))
                                           .options(orm::undefer<&Comment::words>))
                              .all();
        REQUIRE(rows.size() == 1);
        CHECK(std::get<0>(rows[0]) == "b");
        CHECK(std::get<1>(rows[0])->words.is_loaded());
        CHECK_FALSE(std::get<2>(rows[0])->text.is_loaded());
        CHECK(std::get<2>(rows[0])->comments[0]->words == "well");
        session.expunge_all();
        auto article = session.get<Article>(3);
        CHECK_FALSE(article->comments[0]->words.is_loaded());
        CHECK(article->comments[0]->words == "well");
        CHECK(article->comments[0]->article->title == "c");
        session.commit();
        auto connection = engine.connect();
        CHECK(connection.scalars(az::select<Article>().where(az::col<&Article::id> == 1)).at(0).text == "text of a");
        const std::string text = connection.scalar(az::select(az::col<&Article::text>).where(az::col<&Article::id> == 2));
        CHECK(text == "text of b");
    });
}

TEST_CASE("orm deferred: expired, refreshed, merged and copied") {
    each([](const az::engine& engine) {
        fill(engine);
        az::ptr<Article> elsewhere;
        {
            orm::session session{engine};
            elsewhere = session.get<Article>(1);
        }
        CHECK_THAT(thrown<az::interface_error>([&] { (void)elsewhere->text.get(); }).message(),
                   Catch::Contains("Article::text of deferring::Article 1 has not been loaded") && Catch::Contains("undefer<&"));
        orm::session session{engine};
        elsewhere->title = "merged";
        auto article = session.merge(elsewhere);
        CHECK(article->title == "merged");
        CHECK(article->text == "text of a");
        session.commit();
        session.refresh(article);
        CHECK_FALSE(article->text.is_loaded());
        article->text->append("!");  // changes in place are seen
        CHECK(session.is_modified(article));
        session.commit();
        CHECK(session.get<Article>(1)->text == "text of a!");

        session.refresh(article);
        Article copy{*article};
        CHECK_FALSE(copy.text.is_loaded());
        article->text = copy.text;
        CHECK(article->text == "text of a!");
        copy.id = 0;
        auto other = session.add(copy);
        CHECK_THAT(thrown<az::interface_error>([&] { session.flush(); }).message(), Catch::Contains("Article::text of a new "));
        other->text = "its own";
        other->summary = std::nullopt;
        session.commit();
        CHECK(other->id == 4);
    });
}

TEST_CASE("orm deferred: no key is left out") {
    CHECK_THAT(thrown<az::interface_error>([] { (void)az::make<Wrong>(); }).message(),
               Catch::Contains("Wrong::id is of the primary key, and cannot be deferred"));
}
