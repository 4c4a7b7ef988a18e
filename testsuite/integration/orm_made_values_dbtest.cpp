// What mappings and databases make of rows that are updated: objects have it behind a flush.
#include "orm_support.hpp"

using namespace orm_tests;

namespace made_values {

struct Record {
    std::int64_t id{};
    std::string words{};
    std::string stamp{};
    std::int32_t writes{};
};

}  // namespace made_values

using namespace made_values;

template <>
struct azoth::mapping<Record> {
    static az::table_map<Record> map() {
        return az::table_map<Record>("made_values_record")
            .column<&Record::id>(az::primary_key)
            .column<&Record::words>()
            .column<&Record::stamp>(az::string(20),
                                    az::on_update_from([n = std::make_shared<int>(0)] { return "s" + std::to_string(++*n); }))
            .column<&Record::writes>(az::on_update_expression(az::own_column<std::int32_t>("writes") + 1));
    }
};

TEST_CASE("orm made values: an update's own values are the object's, and are no changes") {
    on_each_database<Record>([](const az::engine& engine) {
        orm::session session{engine};
        auto record = session.add(Record{.words = "one", .stamp = "given"});
        session.commit();
        CHECK(record->stamp == "given");
        CHECK(record->writes == 0);
        record->words = "two";
        {
            const auto bound = session.expect_at_most(2);  // the update, and what only the database knows
            session.flush();
        }
        const std::string first = record->stamp;
        CHECK(first.starts_with('s'));
        CHECK(record->writes == 1);
        CHECK_FALSE(session.is_modified(record));
        record->stamp = "by hand";
        session.flush();
        CHECK(record->stamp == "by hand");
        CHECK(record->writes == 2);
        session.rollback();
        CHECK(record->stamp == "given");
        CHECK(record->writes == 0);
        record->words = "three";
        session.commit();
        orm::session later{engine};
        const auto read = later.get<Record>(record->id);
        CHECK(read->stamp == record->stamp);
        CHECK_FALSE(read->stamp == first);
        CHECK(read->writes == record->writes);
    });
}
