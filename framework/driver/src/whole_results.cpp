#include <azoth/driver/whole_results.hpp>

#include <string>

namespace azoth {

class whole_result_connection::kept_text final : public prepared_statement {
public:
    kept_text(whole_result_connection& on, std::string_view sql) : on_{on}, sql_{sql} {}
    cursor& execute(std::span<const cell> parameters, const execute_options& options) override {
        result_.start({});
        on_.run_whole(sql_, parameters, options, result_);
        return result_;
    }

private:
    whole_result_connection& on_;
    std::string sql_;
    buffered_result result_{};
};

std::unique_ptr<prepared_statement> whole_result_connection::prepare(std::string_view sql) {
    return std::make_unique<kept_text>(*this, sql);
}

std::unique_ptr<cursor> whole_result_connection::execute(std::string_view sql, std::span<const cell> parameters,
                                                         const execute_options& options) {
    auto result = std::make_unique<buffered_result>();
    run_whole(sql, parameters, options, *result);
    return result;
}

void whole_result_connection::rollback() {
    if (in_transaction()) run("ROLLBACK", control_deadline());
}

}  // namespace azoth
