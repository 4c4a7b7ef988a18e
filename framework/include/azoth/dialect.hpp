#pragma once

// What a dialect plugin is written against: the only header of Azoth's that it includes.

#include <azoth/base/arena.hpp>
#include <azoth/base/array_text.hpp>
#include <azoth/base/cell.hpp>
#include <azoth/base/datetime.hpp>
#include <azoth/base/deadline.hpp>
#include <azoth/base/decimal.hpp>
#include <azoth/base/error.hpp>
#include <azoth/base/log.hpp>
#include <azoth/base/type_kind.hpp>
#include <azoth/base/utf8.hpp>
#include <azoth/base/uuid.hpp>
#include <azoth/base/value.hpp>
#include <azoth/driver/batch_rows.hpp>
#include <azoth/driver/connection.hpp>
#include <azoth/driver/cursor.hpp>
#include <azoth/driver/dialect.hpp>
#include <azoth/driver/native_error.hpp>
#include <azoth/driver/plugin_entry.hpp>
#include <azoth/driver/server_message.hpp>
#include <azoth/driver/waiter.hpp>
#include <azoth/schema/ddl_rules.hpp>
#include <azoth/schema/reflector.hpp>
#include <azoth/sql/batch_plan.hpp>
#include <azoth/sql/call_rules.hpp>
#include <azoth/sql/compiler.hpp>
#include <azoth/sql/executor.hpp>
#include <azoth/sql/expand.hpp>
#include <azoth/sql/literal.hpp>
#include <azoth/sql/nodes/native.hpp>
#include <azoth/sql/nodes/sources.hpp>
#include <azoth/sql/profile.hpp>
#include <azoth/sql/rules.hpp>
#include <azoth/sql/type.hpp>
#include <azoth/url/url.hpp>
