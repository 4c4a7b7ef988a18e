#pragma once

#include <azoth/azoth.hpp>

#include <support/temporary_folder.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// The engine is tested on SQLite, the dialect that every machine can open.

namespace az = azoth;
using az::col;

struct Owner {
    std::int64_t id{};
    std::string name{};
    std::optional<std::int32_t> age{};
};
struct Pet {
    std::int64_t id{};
    std::string name{};
    std::int64_t owner_id{};
};

template <>
struct azoth::mapping<Owner> {
    static azoth::table_map<Owner> map() {
        return azoth::table_map<Owner>("owner")
            .column<&Owner::id>(azoth::primary_key)
            .column<&Owner::name>(azoth::unique)
            .column<&Owner::age>();
    }
};
template <>
struct azoth::mapping<Pet> {
    static azoth::table_map<Pet> map() {
        return azoth::table_map<Pet>("pet")
            .column<&Pet::id>(azoth::primary_key)
            .column<&Pet::name>()
            .column<&Pet::owner_id>(azoth::references<&Owner::id>);
    }
};

/// An engine on a fresh file with the tables above, and three owners.
class database {
public:
    explicit database(az::engine_options options = {}, const std::string& query = "")
        : engine{az::create_engine("sqlite:///" + folder_.file("test.db") + query, std::move(options))} {
        az::metadata_of<Owner, Pet>().create_all(engine);
        engine.begin([](az::connection& c) {
            c.execute(az::insert<Owner>(), std::vector<Owner>{{.name = "Ann", .age = 30}, {.name = "Bob"}, {.name = "Cem", .age = 50}});
        });
    }
    [[nodiscard]] std::string file() const { return folder_.file("test.db"); }
    [[nodiscard]] std::int64_t owners() const {
        return engine.connect().scalar(az::select(az::func::count()).select_from(az::entity<Owner>));
    }

private:
    support::temporary_folder folder_{};

public:
    az::engine engine;
};

/// The error that `work` throws; a failure of the test where it throws none.
template <class E, class F>
E error_of(F&& work) {
    try {
        work();
    } catch (const E& e) {
        return e;
    }
    throw std::logic_error("the expected error did not come");
}
