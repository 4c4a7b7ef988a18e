#include "dialect.hpp"

namespace azoth::mysql {

shared_dialect::shared_dialect(driver_facts driver, std::vector<url_option> more_options) : driver_{std::move(driver)} {
    info_.dialect = driver_.dialect;
    info_.driver = driver_.driver;
    info_.options = shared_options();
    info_.options.insert(info_.options.end(), more_options.begin(), more_options.end());
    info_.default_port = 3306;
}

}  // namespace azoth::mysql
