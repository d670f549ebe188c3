"""The offices of 障害福祉サービス等情報公表システム (WAM NET), read into services."""
