SELECT district_name FROM register.district_name WHERE district_code = $1
