// Objects and sessions.
#include "sqlite_support.hpp"

#include <azoth/orm.hpp>

using namespace sqlite_tests;
namespace orm = azoth::orm;

namespace library {

struct Book;
struct Tag;
struct Author {
    std::int64_t id{};
    std::string name{};
    orm::many<Book> books{};
};
struct Book {
    std::int64_t id{};
    std::string title{};
    std::optional<std::int64_t> author_id{};
    orm::one<Author> author{};
    orm::many<Tag> tags{};
};
struct Tag {
    std::string name{};
    orm::many<Book> books{};
};
struct BookTag {
    std::int64_t book_id{};
    std::string tag_name{};
};
struct Folder {
    std::int64_t id{};
    std::string name{};
    std::optional<std::int64_t> parent_id{};
    orm::one<Folder> parent{};
    orm::many<Folder> children{};
};

}  // namespace library

using namespace library;

template <>
struct azoth::mapping<Author> {
    static az::table_map<Author> map() {
        return az::table_map<Author>("author")
            .column<&Author::id>(az::primary_key)
            .column<&Author::name>()
            .relation<&Author::books>(orm::back_populates<&Book::author>, orm::order_by<&Book::title>);
    }
};
template <>
struct azoth::mapping<Book> {
    static az::table_map<Book> map() {
        return az::table_map<Book>("book")
            .column<&Book::id>(az::primary_key)
            .column<&Book::title>()
            .column<&Book::author_id>(az::references<&Author::id>)
            .relation<&Book::author>()
            .relation<&Book::tags>(orm::via<&BookTag::book_id, &BookTag::tag_name>, orm::back_populates<&Tag::books>);
    }
};
template <>
struct azoth::mapping<Tag> {
    static az::table_map<Tag> map() { return az::table_map<Tag>("tag").column<&Tag::name>(az::primary_key).relation<&Tag::books>(); }
};
template <>
struct azoth::mapping<BookTag> {
    static az::table_map<BookTag> map() {
        return az::table_map<BookTag>("book_tag")
            .column<&BookTag::book_id>(az::primary_key, az::references<&Book::id>)
            .column<&BookTag::tag_name>(az::primary_key, az::references<&Tag::name>);
    }
};
template <>
struct azoth::mapping<Folder> {
    static az::table_map<Folder> map() {
        return az::table_map<Folder>("folder")
            .column<&Folder::id>(az::primary_key)
            .column<&Folder::name>()
            .column<&Folder::parent_id>(az::references<&Folder::id>)
            .relation<&Folder::parent>()
            .relation<&Folder::children>(orm::back_populates<&Folder::parent>, orm::cascade_all_delete_orphan);
    }
};

namespace {

az::engine new_library() {
    az::engine engine = open("sqlite://");
    az::metadata_of<Author, Book, Tag, BookTag, Folder>().create_all(engine);
    return engine;
}

}  // namespace

TEST_CASE("sqlite orm: a graph is written in the keys' order, and read back") {
    const auto engine = new_library();
    {
        orm::session session{engine};
        auto author = az::make<Author>({.name = "Ada"});
        author->books.push_back(az::make<Book>({.title = "Notes"}));
        auto second = az::make<Book>({.title = "Engines"});
        second->author = author;
        CHECK(author->books.size() == 2);
        second->tags = {az::make<Tag>({.name = "maths"}), az::make<Tag>({.name = "history"})};
        CHECK(session.state_of(author) == orm::object_state::transient);
        session.add(author);
        CHECK(session.state_of(second) == orm::object_state::pending);
        session.commit();
        CHECK(author->id == 1);
        CHECK(second->author_id == 1);
        CHECK(second->id != 0);
        CHECK(session.state_of(second) == orm::object_state::persistent);
        CHECK_FALSE(session.is_modified(second));
    }
    orm::session session{engine};
    auto author = session.get<Author>(1);
    REQUIRE(author);
    CHECK(author->name == "Ada");
    REQUIRE(author->books.size() == 2);
    CHECK(author->books[0]->title == "Engines");  // as the mapping orders them
    CHECK(author->books[1]->title == "Notes");
    CHECK(author->books[0]->author.get() == author);
    CHECK(author->books[0]->tags.size() == 2);
    CHECK(author->books[1]->tags.empty());
    CHECK(session.statement_count() == 3);  // the author, the books, the tags of both
    CHECK(session.get<Author>(1) == author);
    CHECK(session.statement_count() == 3);
}

TEST_CASE("sqlite orm: only what has changed is written") {
    const auto engine = new_library();
    orm::session session{engine};
    auto book = session.add(Book{.title = "Draft"});
    session.commit();
    const auto before = session.statement_count();
    session.flush();
    CHECK(session.statement_count() == before);
    book->title = "Final";
    CHECK(session.is_modified(book));
    session.commit();
    CHECK(session.statement_count() == before + 1);
    orm::session other{engine};
    CHECK(other.scalars(az::select<Book>()).one()->title == "Final");
}

TEST_CASE("sqlite orm: a rollback puts objects back") {
    const auto engine = new_library();
    orm::session session{engine};
    auto book = session.add(Book{.title = "Kept"});
    session.commit();
    book->title = "Lost";
    auto fresh = session.add(Book{.title = "New"});
    session.flush();
    CHECK(fresh->id == 2);
    session.remove(book);
    session.flush();
    CHECK(session.state_of(book) == orm::object_state::deleted);
    session.rollback();
    CHECK(book->title == "Kept");
    CHECK(session.state_of(book) == orm::object_state::persistent);
    CHECK(session.state_of(fresh) == orm::object_state::transient);
    CHECK(fresh->id == 0);
    CHECK(fresh->title == "New");
    CHECK(session.scalars(az::select<Book>()).size() == 1);
}

TEST_CASE("sqlite orm: trees, with children before and after their parents") {
    const auto engine = new_library();
    orm::session session{engine};
    auto root = az::make<Folder>({.name = "root"});
    auto leaf = az::make<Folder>({.name = "leaf"});
    auto middle = az::make<Folder>({.name = "middle"});
    leaf->parent = middle;
    middle->parent = root;
    session.add(leaf);
    session.commit();
    CHECK(session.state_of(root) == orm::object_state::persistent);
    CHECK(middle->parent_id == root->id);
    CHECK(leaf->parent_id == middle->id);
    CHECK(root->children.size() == 1);
    // an orphan goes
    root->children.clear();
    session.commit();
    CHECK(session.scalar(az::select(az::func::count())) == 1);
}

TEST_CASE("sqlite orm: handles outlive the session, and say what was not loaded") {
    const auto engine = new_library();
    az::ptr<Author> author;
    {
        orm::session session{engine};
        auto made = session.add(Author{.name = "Ada"});
        made->books.push_back(az::make<Book>({.title = "Notes"}));
        session.commit();
    }
    {
        orm::session session{engine};
        author = session.scalars(az::select<Author>()).one();
    }
    CHECK(author->name == "Ada");
    CHECK_THAT(thrown<az::interface_error>([&] { (void)author->books.size(); }).message(),
               Catch::Contains("Author::books of library::Author 1 has not been loaded"));
    {
        orm::session session{engine};
        author = session.scalars(az::select<Author>().options(orm::selectinload<&Author::books>)).one();
    }
    CHECK(author->books.front()->title == "Notes");
}

TEST_CASE("sqlite orm: changes of an object that is expired are not written") {
    const auto engine = new_library();
    orm::session session{engine};
    auto book = session.add(Book{.title = "Kept"});
    session.commit();
    book->title = "Forgotten";
    session.expire(book);
    session.commit();
    CHECK(session.scalars(az::select<Book>()).one()->title == "Kept");
    book->title = "Forgotten";
    session.refresh(book);
    CHECK(book->title == "Kept");
}
