#pragma once

#include <mysql.h>

#include <memory>

namespace azoth::mysql {

struct client_closer {
    void operator()(MYSQL* m) const noexcept { mysql_close(m); }
};
using client_handle = std::unique_ptr<MYSQL, client_closer>;

struct result_freer {
    void operator()(MYSQL_RES* r) const noexcept { mysql_free_result(r); }
};
using result_handle = std::unique_ptr<MYSQL_RES, result_freer>;

}  // namespace azoth::mysql
