"""The service that many clerks of many employers share: accounts, sync, delivery, documents."""
