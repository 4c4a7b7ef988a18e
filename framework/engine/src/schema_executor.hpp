#pragma once

#include "connection_core.hpp"

#include <azoth/schema/reflector.hpp>
#include <azoth/sql/executor.hpp>

#include <memory>

namespace azoth::detail {

/// The face that a connection shows to schema work.
class schema_executor final : public executor {
public:
    explicit schema_executor(connection_core& on) noexcept : on_{on} {}
    [[nodiscard]] const profile& server_profile() const override { return on_.server->server; }
    [[nodiscard]] const rule_table& rules() const override { return on_.engine->sql->rules(); }
    reflector& reflect() override;
    std::int64_t run(const node& statement, row_sink* rows) override;
    std::int64_t run(std::string_view sql, std::span<const cell> parameters, row_sink* rows) override {
        return on_.run_sql(sql, parameters, rows);
    }

private:
    connection_core& on_;
    std::unique_ptr<reflector> reflector_{};
    bool translates_{};
};

}  // namespace azoth::detail
