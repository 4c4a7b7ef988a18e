#include "harness.hpp"
#include "orm_loops.hpp"
#include "peers/peers.hpp"
#include "sqlite_loops.hpp"

#include <azoth/orm.hpp>

#include <malloc.h>

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace az = azoth;
namespace orm = azoth::orm;

namespace bench {

struct Child;
struct Parent {
    std::int64_t id{};
    std::string name{};
    orm::many<Child> children{};
};
struct Child {
    std::int64_t id{};
    std::int64_t parent_id{};
    std::string name{};
    double size{};
    orm::one<Parent> parent{};
};

}  // namespace bench

template <>
struct azoth::mapping<bench::Parent> {
    static azoth::table_map<bench::Parent> map() {
        using bench::Parent;
        return azoth::table_map<Parent>("parent")
            .column<&Parent::id>(azoth::primary_key)
            .column<&Parent::name>()
            .relation<&Parent::children>(orm::back_populates<&bench::Child::parent>);
    }
};
template <>
struct azoth::mapping<bench::Child> {
    static azoth::table_map<bench::Child> map() {
        using bench::Child;
        return azoth::table_map<Child>("child")
            .column<&Child::id>(azoth::primary_key)
            .column<&Child::parent_id>(azoth::references<&bench::Parent::id>)
            .column<&Child::name>()
            .column<&Child::size>()
            .relation<&Child::parent>();
    }
};

namespace bench {
namespace {

constexpr std::size_t parents = 5'000;
constexpr std::size_t children_each = 10;

/// What a program without an ORM makes of the two tables.
struct plain_child {
    std::int64_t id{};
    std::int64_t parent_id{};
    std::string name{};
    double size{};
};
struct plain_parent {
    std::int64_t id{};
    std::string name{};
    std::vector<plain_child> children{};
};

struct family_file {
    explicit family_file(const std::string& file) : engine{az::create_engine("sqlite:///" + file)}, raw{open_raw(file)} {
        az::metadata_of<Parent, Child>().create_all(engine);
        engine.begin([&](az::connection& c) {
            std::vector<Parent> all(parents);
            std::vector<Child> below;
            for (std::size_t p = 0; p < parents; ++p) {
                all[p].id = static_cast<std::int64_t>(p + 1);
                all[p].name = "parent number " + std::to_string(p);
                for (std::size_t k = 0; k < children_each; ++k) {
                    Child child;
                    child.parent_id = all[p].id;
                    child.name = "child " + std::to_string(k) + " of " + std::to_string(p);
                    child.size = static_cast<double>(k);
                    below.push_back(std::move(child));
                }
            }
            c.execute(az::insert<Parent>(), all);
            c.execute(az::insert<Child>(), below);
        });
    }
    az::engine engine;
    raw_database raw;
};

double load_ours(family_file& f) {
    return time_of(parents, [&] {
        orm::session session{f.engine};
        const auto all = session.scalars(az::select<Parent>().options(orm::selectinload<&Parent::children>));
        std::size_t children = 0;
        for (const auto& p : all) children += p->children.size();
        if (children != parents * children_each) throw std::runtime_error{"children are missing"};
    });
}

double load_raw(family_file& f) {
    return time_of(parents, [&] {
        std::vector<plain_parent> all;
        std::unordered_map<std::int64_t, std::size_t> places;
        const auto first = prepare_raw(f.raw.get(), "SELECT id, name FROM parent");
        while (sqlite3_step(first.get()) == SQLITE_ROW) {
            auto& p = all.emplace_back();
            p.id = sqlite3_column_int64(first.get(), 0);
            p.name = raw_text(first.get(), 1);
            places.emplace(p.id, all.size() - 1);
        }
        const auto second = prepare_raw(f.raw.get(), "SELECT id, parent_id, name, size FROM child");
        while (sqlite3_step(second.get()) == SQLITE_ROW) {
            plain_child c;
            c.id = sqlite3_column_int64(second.get(), 0);
            c.parent_id = sqlite3_column_int64(second.get(), 1);
            c.name = raw_text(second.get(), 2);
            c.size = sqlite3_column_double(second.get(), 3);
            all[places.at(c.parent_id)].children.push_back(std::move(c));
        }
        keep(all);
    });
}

struct item_files {
    explicit item_files(const std::string& folder)
        : engine{az::create_engine("sqlite:///" + folder + "/orm.db")},
          raw{open_raw(folder + "/orm-raw.db")},
          items{make_items(new_objects, false)} {
        az::metadata_of<Item>().create_all(engine);
        run_raw(raw.get(), create_item);
    }
    az::engine engine;
    raw_database raw;
    std::vector<Item> items;
};

double flush_raw(item_files& f) {
    run_raw(f.raw.get(), "DELETE FROM item");
    std::vector<Item> items = f.items;
    return time_of(new_objects, [&] {
        run_raw(f.raw.get(), "BEGIN");
        const auto s = prepare_raw(f.raw.get(), "INSERT INTO item (name, price, stock, note) VALUES (?, ?, ?, ?)");
        for (auto& item : items) {
            sqlite3_bind_text(s.get(), 1, item.name.data(), static_cast<int>(item.name.size()), SQLITE_STATIC);
            sqlite3_bind_double(s.get(), 2, item.price);
            if (item.stock) sqlite3_bind_int64(s.get(), 3, *item.stock);
            else sqlite3_bind_null(s.get(), 3);
            sqlite3_bind_text(s.get(), 4, item.note.data(), static_cast<int>(item.note.size()), SQLITE_STATIC);
            if (sqlite3_step(s.get()) != SQLITE_DONE) throw std::runtime_error(sqlite3_errmsg(f.raw.get()));
            item.id = sqlite3_last_insert_rowid(f.raw.get());
            sqlite3_reset(s.get());
        }
        run_raw(f.raw.get(), "COMMIT");
    });
}

struct lookup_file {
    explicit lookup_file(const std::string& file) : engine{az::create_engine("sqlite:///" + file)}, raw{open_raw(file)} {
        az::metadata_of<Item>().create_all(engine);
        engine.begin([&](az::connection& c) { c.execute(az::insert<Item>(), make_items(small_table)); });
    }
    az::engine engine;
    raw_database raw;
};

double hit_ours(lookup_file& f) {
    orm::session session{f.engine};
    const auto all = session.scalars(az::select<Item>());
    return time_of(small_table, [&] {
        for (std::size_t i = 0; i < small_table; ++i) keep(session.get<Item>(next_key(i)));
    });
}

std::size_t bytes_in_use() {
    const auto now = mallinfo2();
    return now.uordblks + now.hblkhd;
}

/// Of one child, whose name needs no memory of its own; the list of handles is the program's.
double memory_ours(family_file& f) {
    orm::session session{f.engine};
    (void)session.get<Child>(1);
    const std::size_t before = bytes_in_use();
    const auto all = session.scalars(az::select<Child>());
    const double grown = static_cast<double>(bytes_in_use() - before);
    return grown / static_cast<double>(all.size()) - static_cast<double>(sizeof(Child) + sizeof(orm::ptr<Child>));
}

/// The other ORMs' rounds of each work.
struct orm_peers {
    std::vector<peer> flush{};
    std::vector<peer> load{};
    std::vector<peer> get{};
    std::vector<peer> hit{};

    orm_peers(const std::string& folder, const std::vector<peer_library>& libraries) {
        for (const auto& library : libraries)
            if (library.open_orm) add(folder, library);
    }

private:
    void add(const std::string& folder, const peer_library& library) {
        const std::string file = folder + "/orm-peer-" + std::to_string(flush.size()) + ".db";
        run_raw(open_raw(file).get(), create_item);
        const std::shared_ptr<peer_orm> opened = library.open_orm({file, folder + "/family.db", folder + "/lookups.db"});
        flush.push_back({library.name, [=] { return run_raw(open_raw(file).get(), "DELETE FROM item"), opened->flush(new_objects); }});
        load.push_back({library.name, [=] { return opened->load(parents); }});
        get.push_back({library.name, [=] { return opened->get(small_table); }});
        hit.push_back({library.name, [=] { return opened->hit(small_table); }});
    }
};

}  // namespace

std::vector<benchmark> orm_benchmarks(const std::string& folder, const std::vector<peer_library>& peers) {
    const auto family = std::make_shared<family_file>(folder + "/family.db");
    const auto items = std::make_shared<item_files>(folder);
    const auto lookups = std::make_shared<lookup_file>(folder + "/lookups.db");
    const orm_peers others{folder, peers};
    return {
        {"orm: flush of 50,000 new objects, keys written back", [=] { return flush_objects(items->engine, items->items); },
         [=] { return flush_raw(*items); }, 1.5, false, others.flush},
        {"orm: load of 5,000 parents with 10 children each", [=] { return load_ours(*family); }, [=] { return load_raw(*family); }, 1.3,
         false, others.load},
        {"orm: get of an object that is new to the session", [=] { return get_objects(lookups->engine, small_table); },
         [=] { return select_raw(lookups->raw.get(), small_table); }, 1.5, false, others.get},
        {"orm: get of an object that the session has", [=] { return hit_ours(*lookups); }, {}, 100, false, others.hit},
        {"orm: memory of an object that is read, beside its struct", [=] { return memory_ours(*family); }, {}, 0, true},
    };
}

}  // namespace bench
