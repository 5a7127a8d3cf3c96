"""What is looked over before a month goes to the payroll provider."""
