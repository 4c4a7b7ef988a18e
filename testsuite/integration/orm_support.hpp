#pragma once

#include "sqlite_support.hpp"

#include <azoth/orm.hpp>

#include <support/test_servers.hpp>

/// Tests of the ORM that every database has to pass.
namespace orm_tests {

namespace az = azoth;
namespace orm = azoth::orm;
using support::thrown;

/// The tables of some structs in one database, gone at the end.
template <class... Ts>
class tables_in {
public:
    explicit tables_in(const std::string& url) : engine{sqlite_tests::open(url)} {
        az::metadata_of<Ts...>().drop_all(engine);
        az::metadata_of<Ts...>().create_all(engine);
    }
    tables_in(const tables_in&) = delete;
    tables_in& operator=(const tables_in&) = delete;
    ~tables_in() {
        try {
            az::metadata_of<Ts...>().drop_all(engine);
        } catch (const std::exception& e) {
            WARN("a table of the test stays: " << e.what());
        }
    }
    az::engine engine;
};

/// Runs the test on SQLite, and on each server that there is, with new tables.
template <class... Ts, class Test>
void on_each_database(Test&& test) {
    auto urls = support::test_urls();
    urls.insert(urls.begin(), "sqlite://");
    for (const auto& url : urls) {
        INFO("on " << url.substr(0, url.find(':')));
        const tables_in<Ts...> tables{url};
        test(tables.engine);
    }
}

}  // namespace orm_tests
