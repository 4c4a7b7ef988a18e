#pragma once

#include "orm_support.hpp"

#include <set>
#include <string>
#include <utility>
#include <vector>

/// Writers and what they have written, for tests of queries.
namespace reading {

namespace az = azoth;
namespace orm = azoth::orm;

struct Novel;
struct Genre;
struct Review;
struct Writer {
    std::int64_t id{};
    std::string name{};
    orm::deferred<std::string> biography{};
    orm::many<Novel> novels{};
    orm::one<Novel> longest{};
};
struct Novel {
    std::int64_t id{};
    std::string title{};
    std::int32_t pages{};
    std::optional<std::int64_t> writer_id{};
    orm::one<Writer> writer{};
    orm::many<Genre> genres{};
    orm::many<Review> reviews{};
};
struct Genre {
    std::string name{};
    orm::many<Novel> novels{};
};
struct NovelGenre {
    std::int64_t novel_id{};
    std::string genre_name{};
};
struct Review {
    std::int64_t id{};
    std::int64_t novel_id{};
    std::int32_t stars{};
    orm::one<Novel> novel{};
};
struct Shelf {
    std::int64_t id{};
    std::string label{};
    std::optional<std::int64_t> parent_id{};
    orm::one<Shelf> parent{};
    orm::many<Shelf> children{};
};

}  // namespace reading

template <>
struct azoth::mapping<reading::Writer> {
    static azoth::table_map<reading::Writer> map() {
        return azoth::table_map<reading::Writer>("q_writer")
            .column<&reading::Writer::id>(azoth::primary_key)
            .column<&reading::Writer::name>(azoth::string(40))
            .column<&reading::Writer::biography>(azoth::string(200))
            .relation<&reading::Writer::novels>(azoth::orm::back_populates<&reading::Novel::writer>,
                                                azoth::orm::order_by<&reading::Novel::title>)
            .relation<&reading::Writer::longest>(azoth::orm::on<reading::Writer, reading::Novel>([](const auto& writer, const auto& novel) {
                                                     return novel[&reading::Novel::writer_id] == writer[&reading::Writer::id];
                                                 }),
                                                 azoth::orm::order_by<&reading::Novel::pages>.desc());
    }
};
template <>
struct azoth::mapping<reading::Novel> {
    static azoth::table_map<reading::Novel> map() {
        return azoth::table_map<reading::Novel>("q_novel")
            .column<&reading::Novel::id>(azoth::primary_key)
            .column<&reading::Novel::title>(azoth::string(40))
            .column<&reading::Novel::pages>()
            .column<&reading::Novel::writer_id>(azoth::references<&reading::Writer::id>)
            .relation<&reading::Novel::writer>()
            .relation<&reading::Novel::genres>(azoth::orm::via<&reading::NovelGenre::novel_id, &reading::NovelGenre::genre_name>,
                                               azoth::orm::back_populates<&reading::Genre::novels>,
                                               azoth::orm::order_by<&reading::Genre::name>)
            .relation<&reading::Novel::reviews>(azoth::orm::back_populates<&reading::Review::novel>);
    }
};
template <>
struct azoth::mapping<reading::Genre> {
    static azoth::table_map<reading::Genre> map() {
        return azoth::table_map<reading::Genre>("q_genre")
            .column<&reading::Genre::name>(azoth::primary_key, azoth::string(40))
            .relation<&reading::Genre::novels>();
    }
};
template <>
struct azoth::mapping<reading::NovelGenre> {
    static azoth::table_map<reading::NovelGenre> map() {
        return azoth::table_map<reading::NovelGenre>("q_novel_genre")
            .column<&reading::NovelGenre::novel_id>(azoth::primary_key, azoth::references<&reading::Novel::id>)
            .column<&reading::NovelGenre::genre_name>(azoth::primary_key, azoth::string(40), azoth::references<&reading::Genre::name>);
    }
};
template <>
struct azoth::mapping<reading::Review> {
    static azoth::table_map<reading::Review> map() {
        return azoth::table_map<reading::Review>("q_review")
            .column<&reading::Review::id>(azoth::primary_key)
            .column<&reading::Review::novel_id>(azoth::references<&reading::Novel::id>)
            .column<&reading::Review::stars>()
            .relation<&reading::Review::novel>(azoth::orm::load(azoth::orm::loading::joined));
    }
};
template <>
struct azoth::mapping<reading::Shelf> {
    static azoth::table_map<reading::Shelf> map() {
        return azoth::table_map<reading::Shelf>("q_shelf")
            .column<&reading::Shelf::id>(azoth::primary_key)
            .column<&reading::Shelf::label>(azoth::string(40))
            .column<&reading::Shelf::parent_id>(azoth::references<&reading::Shelf::id>)
            .relation<&reading::Shelf::parent>(azoth::orm::load(azoth::orm::loading::raise))
            .relation<&reading::Shelf::children>(azoth::orm::back_populates<&reading::Shelf::parent>);
    }
};

namespace reading {

inline void fill(orm::session& session) {
    auto ada = session.add(Writer{.name = "Ada", .biography = "Of numbers"});
    auto ben = session.add(Writer{.name = "Ben"});
    session.add(Writer{.name = "Cleo"});  // has written nothing
    auto maths = az::make<Genre>({.name = "maths"});
    auto sea = az::make<Genre>({.name = "sea"});
    const auto novel = [&](const char* title, std::int32_t pages, const az::ptr<Writer>& by) {
        auto made = az::make<Novel>({.title = title, .pages = pages});
        made->writer = by;
        return session.add(made);
    };
    auto notes = novel("Notes", 100, ada);
    auto engines = novel("Engines", 200, ada);
    auto waves = novel("Waves", 300, ben);
    notes->genres = {maths};
    engines->genres = {maths, sea};
    waves->genres = {sea};
    session.add(Novel{.title = "Anonymous", .pages = 10});
    session.flush();
    for (const auto& [of, stars] : {std::pair{notes, 5}, std::pair{notes, 2}, std::pair{waves, 4}}) {
        auto review = az::make<Review>({.stars = stars});
        review->novel = of;
        session.add(review);
    }
    auto root = session.add(Shelf{.label = "root"});
    for (const char* label : {"left", "right"}) root->children.push_back(az::make<Shelf>({.label = label}));
    session.commit();
    session.expunge_all();
}

/// Runs the test in a session that knows no objects, on SQLite and on each server that there is.
template <class Test>
void in_each_library(Test&& test) {
    orm_tests::on_each_database<Writer, Novel, Genre, NovelGenre, Review, Shelf>([&](const az::engine& engine) {
        orm::session session{engine};
        fill(session);
        test(session);
    });
}

template <class R>
std::multiset<std::string> titles(const R& novels) {
    std::multiset<std::string> all;
    for (const auto& n : novels) all.insert(n->title);
    return all;
}
template <class R>
std::multiset<std::string> names(const R& writers) {
    std::multiset<std::string> all;
    for (const auto& w : writers) all.insert(w->name);
    return all;
}
using set = std::multiset<std::string>;

/// How many statements the work takes.
template <class Work>
std::size_t statements(orm::session& session, Work&& work) {
    const auto before = session.statement_count();
    work();
    return session.statement_count() - before;
}

}  // namespace reading
