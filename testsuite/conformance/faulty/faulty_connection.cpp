#include "faulty_connection.hpp"

#include "faulty_cursor.hpp"
#include "faulty_rows.hpp"
#include "faulty_statement.hpp"

namespace azoth::faulty {

void faulty_connection::server_profile(profile& out) const {
    inner_->server_profile(out);
    out.dialect = dialect_name;
    out.driver = driver_name;
    defect_->claim(out.can);
}

std::unique_ptr<prepared_statement> faulty_connection::prepare(std::string_view sql) {
    std::unique_ptr<prepared_statement> made;
    std::string written{sql};
    defect_->rewrite(written);
    guarded(*defect_, [&] { made = inner_->prepare(written); });
    return std::make_unique<faulty_statement>(*defect_, std::move(made));
}

std::unique_ptr<cursor> faulty_connection::execute(std::string_view sql, std::span<const cell> parameters, const execute_options& options) {
    std::vector<cell> sent{parameters.begin(), parameters.end()};
    arena memory;
    for (cell& c : sent) defect_->send(c, memory);
    std::unique_ptr<cursor> made = std::make_unique<empty_cursor>();
    const auto limits = defect_->limits(options);
    std::string written{sql};
    defect_->rewrite(written);
    guarded(*defect_, [&] {
        auto inner = inner_->execute(written, sent, limits);
        made = std::make_unique<faulty_cursor>(*defect_, std::move(inner), std::move(sent), std::move(memory));
    });
    return made;
}

batch_result faulty_connection::insert_many(const batch_plan& plan, row_source& rows, row_sink* returned, const execute_options& options) {
    faulty_source source{*defect_, rows, plan.types.size()};
    faulty_sink sink{*defect_};
    batch_plan written = plan;
    defect_->rewrite(written.suffix);
    batch_result done;
    guarded(*defect_, [&] { done = inner_->insert_many(written, source, returned ? &sink : nullptr, defect_->limits(options)); });
    if (returned) sink.pass_on(*returned);
    done.rows = defect_->affected(done.rows);
    return done;
}

void faulty_connection::begin(const transaction_options& options) {
    guarded(*defect_, [&] { defect_->begin(*inner_, options); });
}
void faulty_connection::commit() {
    guarded(*defect_, [&] { defect_->commit(*inner_); });
}
void faulty_connection::rollback() {
    guarded(*defect_, [&] { defect_->rollback(*inner_); });
}
void faulty_connection::savepoint(std::string_view name) {
    guarded(*defect_, [&] { defect_->savepoint(*inner_, name); });
}
void faulty_connection::release_savepoint(std::string_view name) {
    guarded(*defect_, [&] { defect_->release_savepoint(*inner_, name); });
}
void faulty_connection::rollback_to_savepoint(std::string_view name) {
    guarded(*defect_, [&] { defect_->rollback_to_savepoint(*inner_, name); });
}
void faulty_connection::ping(const deadline& until) {
    guarded(*defect_, [&] { defect_->ping(*inner_, until); });
}

}  // namespace azoth::faulty
