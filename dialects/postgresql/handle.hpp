#pragma once

#include <libpq-fe.h>

#include <memory>

namespace azoth::postgresql {

struct finish_connection {
    void operator()(PGconn* c) const noexcept { PQfinish(c); }
};
using connection_handle = std::unique_ptr<PGconn, finish_connection>;

struct clear_result {
    void operator()(PGresult* r) const noexcept { PQclear(r); }
};
using result_handle = std::unique_ptr<PGresult, clear_result>;

}  // namespace azoth::postgresql
