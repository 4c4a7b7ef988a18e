#pragma once

#include "defect.hpp"

#include <memory>

namespace azoth::faulty {

inline constexpr const char* dialect_name = "faulty";
inline constexpr const char* driver_name = "planted";

/// A sound connection with one defect.
class faulty_connection final : public driver_connection {
public:
    faulty_connection(std::unique_ptr<driver_connection> inner, std::unique_ptr<defect> by)
        : defect_{std::move(by)}, inner_{std::move(inner)} {}

    void server_profile(profile& out) const override;
    std::unique_ptr<prepared_statement> prepare(std::string_view sql) override;
    std::unique_ptr<cursor> execute(std::string_view sql, std::span<const cell> parameters, const execute_options& options) override;
    batch_result insert_many(const batch_plan& plan, row_source& rows, row_sink* returned, const execute_options& options) override;

    void begin(const transaction_options& options) override;
    void commit() override;
    void rollback() override;
    [[nodiscard]] bool in_transaction() const override { return defect_->is_in_transaction(*inner_); }
    void savepoint(std::string_view name) override;
    void release_savepoint(std::string_view name) override;
    void rollback_to_savepoint(std::string_view name) override;
    void set_isolation(isolation_level level) override { defect_->set_isolation(*inner_, level); }
    [[nodiscard]] isolation_level isolation() const override { return inner_->isolation(); }
    void set_read_only(bool read_only) override { inner_->set_read_only(read_only); }

    void ping(const deadline& until) override;
    bool reset() override { return defect_->reset(*inner_); }
    void cancel() noexcept override { defect_->cancel(*inner_); }
    void close() noexcept override { inner_->close(); }
    void abandon() noexcept override { inner_->abandon(); }

private:
    std::unique_ptr<defect> defect_;
    std::unique_ptr<driver_connection> inner_;
};

}  // namespace azoth::faulty
