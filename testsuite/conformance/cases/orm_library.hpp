#pragma once

#include "steps.hpp"

#include <azoth/orm.hpp>

/// Classes with a relation of each kind: what the cases of the ORM work with.
namespace azoth::conformance {

struct book;
struct chapter;
struct label;

struct writer {
    std::int64_t id{};
    std::string name{};
    orm::many<book> books{};
};
struct book {
    std::int64_t id{};
    std::string title{};
    std::optional<std::int64_t> writer_id{};
    orm::one<writer> by{};
    orm::many<chapter> chapters{};
    orm::many<label> labels{};
};
/// Goes with its book.
struct chapter {
    std::int64_t id{};
    std::string title{};
    std::int64_t book_id{};
    orm::one<book> of{};
};
/// Known by its word.
struct label {
    std::string word{};
    orm::many<book> books{};
};
struct book_label {
    std::int64_t book_id{};
    std::string word{};
};

}  // namespace azoth::conformance

template <>
struct azoth::mapping<azoth::conformance::writer> {
    using writer = azoth::conformance::writer;
    static azoth::table_map<writer> map() {
        using azoth::conformance::book;
        return azoth::table_map<writer>(azoth::conformance::mapped_name("writer"))
            .column<&writer::id>(azoth::primary_key)
            .column<&writer::name>(azoth::string(40))
            .relation<&writer::books>(azoth::orm::back_populates<&book::by>, azoth::orm::order_by<&book::title>);
    }
};
template <>
struct azoth::mapping<azoth::conformance::book> {
    using book = azoth::conformance::book;
    static azoth::table_map<book> map() {
        using namespace azoth::conformance;
        return azoth::table_map<book>(mapped_name("book"))
            .column<&book::id>(azoth::primary_key)
            .column<&book::title>(azoth::string(40), azoth::unique)
            .column<&book::writer_id>(azoth::references<&writer::id>)
            .relation<&book::by>()
            .relation<&book::chapters>(azoth::orm::back_populates<&chapter::of>, azoth::orm::cascade_all_delete_orphan,
                                       azoth::orm::order_by<&chapter::id>)
            .relation<&book::labels>(azoth::orm::via<&book_label::book_id, &book_label::word>, azoth::orm::back_populates<&label::books>,
                                     azoth::orm::order_by<&label::word>);
    }
};
template <>
struct azoth::mapping<azoth::conformance::chapter> {
    using chapter = azoth::conformance::chapter;
    static azoth::table_map<chapter> map() {
        return azoth::table_map<chapter>(azoth::conformance::mapped_name("chapter"))
            .column<&chapter::id>(azoth::primary_key)
            .column<&chapter::title>(azoth::string(40))
            .column<&chapter::book_id>(azoth::references<&azoth::conformance::book::id>)
            .relation<&chapter::of>();
    }
};
template <>
struct azoth::mapping<azoth::conformance::label> {
    using label = azoth::conformance::label;
    static azoth::table_map<label> map() {
        return azoth::table_map<label>(azoth::conformance::mapped_name("label"))
            .column<&label::word>(azoth::string(40), azoth::primary_key)
            .relation<&label::books>();
    }
};
template <>
struct azoth::mapping<azoth::conformance::book_label> {
    using book_label = azoth::conformance::book_label;
    static azoth::table_map<book_label> map() {
        using namespace azoth::conformance;
        return azoth::table_map<book_label>(mapped_name("book_label"))
            .column<&book_label::book_id>(azoth::primary_key, azoth::references<&book::id>)
            .column<&book_label::word>(azoth::string(40), azoth::primary_key, azoth::references<&label::word>);
    }
};

namespace azoth::conformance {

/// A session on a library without a book.
inline orm::session empty_library(context& on) {
    on.make(metadata_of<writer, book, chapter, label, book_label>());
    return orm::session{on.engine()};
}

/// "Emma" by Austen, of two chapters, labelled "classic" and "novel"; "Persuasion" by her; "Beowulf" by nobody.
inline orm::session stocked_library(context& on) {
    orm::session session = empty_library(on);
    auto austen = session.add(writer{.name = "Austen"});
    auto emma = make<book>({.title = "Emma"});
    austen->books = {emma, make<book>({.title = "Persuasion"})};
    emma->chapters = {make<chapter>({.title = "one"}), make<chapter>({.title = "two"})};
    emma->labels = {make<label>({.word = "novel"}), make<label>({.word = "classic"})};
    session.add(book{.title = "Beowulf"});
    session.commit();
    return orm::session{on.engine()};
}

inline ptr<book> titled(orm::session& in, const std::string& title) {
    return in.scalars(select<book>().where(col<&book::title> == title)).one();
}
template <class T>
std::int64_t rows_of(orm::session& in) {
    return in.scalar(select(func::count()).select_from(entity<T>));
}

}  // namespace azoth::conformance
