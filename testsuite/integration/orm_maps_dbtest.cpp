// Collections that find their objects by a key, and that collections hold each object once.
#include "orm_support.hpp"

#include <string>
#include <vector>

using namespace orm_tests;

namespace maps {

struct Translation;
struct Topic;
struct Article {
    std::int64_t id{};
    std::string title{};
    orm::many_map<std::string, Translation> translations{};
    orm::many_map<std::string, Topic> topics{};
};
struct Translation {
    std::int64_t id{};
    std::string language{};
    std::string text{};
    std::int64_t article_id{};
    orm::one<Article> article{};
};
struct Topic {
    std::int64_t id{};
    std::string word{};
    orm::many<Article> articles{};
};
struct ArticleTopic {
    std::int64_t id{};  // its rows may say the same twice
    std::int64_t article_id{};
    std::int64_t topic_id{};
};

}  // namespace maps

using namespace maps;

template <>
struct azoth::mapping<Article> {
    static az::table_map<Article> map() {
        return az::table_map<Article>("maps_article")
            .column<&Article::id>(az::primary_key)
            .column<&Article::title>()
            .relation<&Article::translations>(orm::keyed_by<&Translation::language>, orm::back_populates<&Translation::article>,
                                              orm::cascade_all_delete_orphan)
            .relation<&Article::topics>(orm::keyed_by<&Topic::word>, orm::via<&ArticleTopic::article_id, &ArticleTopic::topic_id>,
                                        orm::back_populates<&Topic::articles>);
    }
};
template <>
struct azoth::mapping<Translation> {
    static az::table_map<Translation> map() {
        return az::table_map<Translation>("maps_translation")
            .column<&Translation::id>(az::primary_key)
            .column<&Translation::language>(az::string(8))
            .column<&Translation::text>()
            .column<&Translation::article_id>(az::references<&Article::id>)
            .relation<&Translation::article>();
    }
};
template <>
struct azoth::mapping<Topic> {
    static az::table_map<Topic> map() {
        return az::table_map<Topic>("maps_topic").column<&Topic::id>(az::primary_key).column<&Topic::word>().relation<&Topic::articles>();
    }
};
template <>
struct azoth::mapping<ArticleTopic> {
    static az::table_map<ArticleTopic> map() {
        return az::table_map<ArticleTopic>("maps_article_topic")
            .column<&ArticleTopic::id>(az::primary_key)
            .column<&ArticleTopic::article_id>(az::references<&Article::id>)
            .column<&ArticleTopic::topic_id>(az::references<&Topic::id>);
    }
};

namespace {

using words = std::vector<std::string>;

template <class Test>
void each(Test&& test) {
    on_each_database<Article, Translation, Topic, ArticleTopic>(std::forward<Test>(test));
}

/// An article in three languages, of two topics.
void fill(const az::engine& engine) {
    orm::session session{engine};
    auto article = session.add(Article{.title = "Bread"});
    for (const auto* language : {"it", "de", "en"})
        article->translations.insert(az::make<Translation>({.language = language, .text = std::string{"in "} + language}));
    article->topics = {az::make<Topic>({.word = "food"}), az::make<Topic>({.word = "baking"})};
    session.commit();
}

template <class M>
words keys_of(const M& map) {
    words keys;
    for (const auto& [key, item] : map) keys.push_back(key);
    return keys;
}

template <class F>
std::string message_of(F&& act) {
    try {
        act();
    } catch (const az::interface_error& e) {
        return e.message();
    }
    return "";
}

}  // namespace

TEST_CASE("orm maps: objects are found by their keys, and come in their order") {
    each([](const az::engine& engine) {
        fill(engine);
        orm::session session{engine};
        auto article = session.get<Article>(1);
        const auto before = session.statement_count();
        CHECK(article->translations.at("de")->text == "in de");
        CHECK(article->translations.size() == 3);
        CHECK(article->translations.contains("en"));
        CHECK_FALSE(article->translations.contains("fr"));
        CHECK(article->translations.find("fr") == nullptr);
        CHECK(keys_of(article->translations) == words{"de", "en", "it"});
        CHECK(article->translations.contains(article->translations.at("it")));
        CHECK(article->translations.at("it")->article.get() == article);
        CHECK(session.statement_count() == before + 1);
        CHECK(keys_of(article->topics) == words{"baking", "food"});
        CHECK(session.statement_count() == before + 2);
        const auto message = message_of([&] { (void)article->translations.at("fr"); });
        CHECK(message.find("Article::translations has no object") != std::string::npos);
        CHECK(message.find("Translation::language is \"fr\"") != std::string::npos);
    });
}

TEST_CASE("orm maps: what is added is found at once, what is taken out is not") {
    each([](const az::engine& engine) {
        fill(engine);
        orm::session session{engine};
        auto article = session.get<Article>(1);
        CHECK_FALSE(article->translations.contains("fr"));
        auto french = az::make<Translation>({.language = "fr", .text = "en français"});
        article->translations.insert(french);
        article->translations.insert(french);  // changes nothing
        CHECK(article->translations.at("fr") == french);
        CHECK(keys_of(article->translations) == words{"de", "en", "fr", "it"});
        auto latin = session.add(Translation{.language = "la"});
        latin->article = article;  // the other side follows
        CHECK(article->translations.at("la") == latin);
        CHECK(article->translations.erase("de"));
        CHECK_FALSE(article->translations.erase("de"));
        CHECK(article->translations.erase(article->translations.at("en")));
        CHECK(keys_of(article->translations) == words{"fr", "it", "la"});
        CHECK(article->topics.erase("food"));
        session.commit();
        orm::session other{engine};
        CHECK(other.scalar(az::select(az::func::count()).select_from(az::entity<Translation>)) == 3);  // orphans are gone
        CHECK(keys_of(other.get<Article>(1)->translations) == words{"fr", "it", "la"});
        CHECK(keys_of(other.get<Article>(1)->topics) == words{"baking"});
        CHECK(other.scalar(az::select(az::func::count()).select_from(az::entity<Topic>)) == 2);
    });
}

TEST_CASE("orm maps: a key that changes is followed at the next look") {
    each([](const az::engine& engine) {
        fill(engine);
        orm::session session{engine};
        auto article = session.get<Article>(1);
        auto german = article->translations.at("de");
        german->language = "nl";
        CHECK_FALSE(article->translations.contains("de"));
        CHECK(article->translations.at("nl") == german);
        CHECK(keys_of(article->translations) == words{"en", "it", "nl"});
        for (const auto& [language, translation] : article->translations) translation->language = "x-" + language;
        CHECK(keys_of(article->translations) == words{"x-en", "x-it", "x-nl"});
        session.rollback();
        CHECK(keys_of(article->translations) == words{"de", "en", "it"});
        article->translations.at("de")->language = "nl";
        session.commit();
        orm::session other{engine};
        CHECK(other.get<Article>(1)->translations.contains("nl"));
    });
}

TEST_CASE("orm maps: a key that two objects share is an error that names it") {
    each([](const az::engine& engine) {
        fill(engine);
        orm::session session{engine};
        auto article = session.get<Article>(1);
        const auto added = message_of([&] { article->translations.insert(az::make<Translation>({.language = "de"})); });
        CHECK(added.find("maps::Article::translations has two objects whose maps::Translation::language is \"de\"") != std::string::npos);
        CHECK(article->translations.size() == 3);  // it has not come in
        const auto german = article->translations.at("de");
        const auto english = article->translations.at("en");
        german->language = "en";
        const auto find = [&] { (void)article->translations.find("it"); };  // whichever key is asked for
        CHECK(message_of(find).find("whose maps::Translation::language is \"en\"") != std::string::npos);
        CHECK(message_of(find).find("whose maps::Translation::language is \"en\"") != std::string::npos);
        CHECK(article->translations.erase(english));  // by the handle, which asks for no key
        CHECK(article->translations.at("en") == german);
        session.rollback();
        CHECK(article->translations.contains("it"));
        auto french = session.add(Translation{.language = "it"});
        french->article = article;  // from the other side: the next look finds it
        CHECK(message_of(find).find("whose maps::Translation::language is \"it\"") != std::string::npos);
        session.expunge(french);
    });
}

TEST_CASE("orm maps: in a struct that is no object yet") {
    each([](const az::engine& engine) {
        orm::session session{engine};
        Article article{.title = "Salt", .translations = {az::make<Translation>({.language = "en"})}};
        article.translations.insert(az::make<Translation>({.language = "de"}));
        CHECK(article.translations.size() == 2);
        CHECK(thrown<az::interface_error>([&] { (void)article.translations.find("en"); }).code() == az::errc::misuse);
        auto made = session.add(std::move(article));
        CHECK(keys_of(made->translations) == words{"de", "en"});
        Article copy = *made;
        CHECK(thrown<az::interface_error>([&] { (void)copy.translations.empty(); }).code() == az::errc::misuse);
        copy.translations.insert(az::make<Translation>({.language = "fr"}));  // and so it begins anew
        CHECK(copy.translations.size() == 1);
        made->translations = {made->translations.at("en"), az::make<Translation>({.language = "it"})};
        CHECK(keys_of(made->translations) == words{"en", "it"});
        session.commit();
        made->translations = {};
        session.commit();
        CHECK(session.scalar(az::select(az::func::count()).select_from(az::entity<Translation>)) == 0);
    });
}

TEST_CASE("orm maps: loaded with a query, joined, and asked of in conditions") {
    each([](const az::engine& engine) {
        fill(engine);
        orm::session session{engine};
        using az::col;
        const auto german = orm::any<&Article::translations>(col<&Translation::language> == "de");
        const auto query = az::select<Article>().where(german);
        auto selectin = session.scalars(query.options(orm::selectinload<&Article::translations>)).one();
        const auto before = session.statement_count();
        CHECK(selectin->translations.at("de")->text == "in de");
        CHECK(session.statement_count() == before);
        session.rollback();
        orm::session other{engine};
        auto joined = other.scalars(query.options(orm::joinedload<&Article::translations, &Translation::article>)).one();
        CHECK(other.statement_count() == 1);
        CHECK(keys_of(joined->translations) == words{"de", "en", "it"});
        CHECK(other.scalars(az::select<Article>().join(orm::along<&Article::translations>)).size() == 3);
    });
}

TEST_CASE("orm collections: hold each object once") {
    each([](const az::engine& engine) {
        fill(engine);
        orm::session session{engine};
        auto food = session.scalars(az::select<Topic>().where(az::col<&Topic::word> == "food")).one();
        auto bread = food->articles.front();
        food->articles.push_back(bread);
        CHECK(food->articles.size() == 1);
        auto soup = az::make<Article>({.title = "Soup"});
        food->articles.push_back(soup);
        food->articles.push_back(soup);
        CHECK(food->articles.size() == 2);
        soup->topics.insert(food);
        CHECK(soup->topics.size() == 1);
        session.commit();
        const auto rows = [&] { return session.scalar(az::select(az::func::count()).select_from(az::entity<ArticleTopic>)); };
        CHECK(rows() == 3);
        CHECK(food->articles.erase(soup));
        CHECK_FALSE(food->articles.contains(soup));
        session.commit();
        CHECK(rows() == 2);
        // A row of the table between that says the same again.
        session.add(ArticleTopic{.article_id = bread->id, .topic_id = food->id});
        session.commit();
        orm::session other{engine};
        CHECK(other.get<Topic>(food->id)->articles.size() == 1);
        Topic plain{.word = "plain", .articles = {bread, bread}};
        CHECK(plain.articles.size() == 1);
    });
}
