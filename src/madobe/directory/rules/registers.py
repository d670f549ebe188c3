"""Public registers a release of data stands for; an entry from one is shown with its name."""

REGISTERS = {
    "windows": "くらし支援ナビ（市区町村の公式資料による）",
    "wam": "障害福祉サービス等情報公表システム",
}
