from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0008_rows_in_one_order'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='servicekind',
            name='service_kind_known',
        ),
        migrations.AlterField(
            model_name='service',
            name='apply_at_kind',
            field=models.CharField(blank=True, choices=[('hikikomori_center', 'ひきこもり地域支援センター'), ('municipal_window', '市区町村のひきこもり相談窓口'), ('pref_phone_mail', '都道府県の電話・メール相談'), ('pref_visit', '都道府県の訪問相談'), ('text_consultation', 'SNS・チャット・オンライン相談'), ('mental_health_public', '保健所・精神保健福祉センター'), ('medical_clinic', '精神科・心療内科・ひきこもり外来'), ('counseling', 'カウンセリング'), ('family_association', '家族会'), ('family_class', '家族教室・親の会'), ('livelihood_support', '自立相談支援（くらし・しごとの相談）'), ('community_comprehensive', '地域包括支援センター'), ('developmental_support', '発達障害者支援センターなど'), ('school_support', '学校・教育相談'), ('crisis_line', 'いますぐの安全のための連絡先'), ('consumer_center', '消費生活センター'), ('ibasho', '居場所・フリースペース'), ('online_peer_group', 'オンライン居場所・ピアグループ'), ('peer_group', '当事者会・ピアサポート'), ('group_activity', '趣味活動・グループワーク'), ('outreach_visit', '訪問支援'), ('day_care', '精神科デイケア'), ('life_training', '自立訓練（生活訓練）'), ('daily_rhythm', '生活リズムを整える支援'), ('volunteer', 'ボランティア・地域活動'), ('saposute', '地域若者サポートステーション'), ('hello_work', 'ハローワーク'), ('vocational_training', '職業訓練'), ('employment_transition', '就労移行支援'), ('work_experience', '就労体験・職場体験'), ('home_work', '在宅ワーク'), ('correspondence_school', '通信制高校'), ('free_school', 'フリースクール'), ('study_support', '学び直し・学習支援'), ('seminar', '講演会・セミナー'), ('peer_training', 'ピアサポーター養成'), ('info_material', 'パンフレット・資料'), ('support_conference', 'ケース会議・支援会議'), ('physical_training', '自立訓練（機能訓練）'), ('contract_work', '就労継続支援A型'), ('own_pace_work', '就労継続支援B型'), ('community_move', '地域移行支援'), ('community_settling', '地域定着支援'), ('living_alone_visit', '自立生活援助'), ('job_retention', '就労定着支援')], max_length=40),
        ),
        migrations.AlterField(
            model_name='servicekind',
            name='kind',
            field=models.CharField(choices=[('hikikomori_center', 'ひきこもり地域支援センター'), ('municipal_window', '市区町村のひきこもり相談窓口'), ('pref_phone_mail', '都道府県の電話・メール相談'), ('pref_visit', '都道府県の訪問相談'), ('text_consultation', 'SNS・チャット・オンライン相談'), ('mental_health_public', '保健所・精神保健福祉センター'), ('medical_clinic', '精神科・心療内科・ひきこもり外来'), ('counseling', 'カウンセリング'), ('family_association', '家族会'), ('family_class', '家族教室・親の会'), ('livelihood_support', '自立相談支援（くらし・しごとの相談）'), ('community_comprehensive', '地域包括支援センター'), ('developmental_support', '発達障害者支援センターなど'), ('school_support', '学校・教育相談'), ('crisis_line', 'いますぐの安全のための連絡先'), ('consumer_center', '消費生活センター'), ('ibasho', '居場所・フリースペース'), ('online_peer_group', 'オンライン居場所・ピアグループ'), ('peer_group', '当事者会・ピアサポート'), ('group_activity', '趣味活動・グループワーク'), ('outreach_visit', '訪問支援'), ('day_care', '精神科デイケア'), ('life_training', '自立訓練（生活訓練）'), ('daily_rhythm', '生活リズムを整える支援'), ('volunteer', 'ボランティア・地域活動'), ('saposute', '地域若者サポートステーション'), ('hello_work', 'ハローワーク'), ('vocational_training', '職業訓練'), ('employment_transition', '就労移行支援'), ('work_experience', '就労体験・職場体験'), ('home_work', '在宅ワーク'), ('correspondence_school', '通信制高校'), ('free_school', 'フリースクール'), ('study_support', '学び直し・学習支援'), ('seminar', '講演会・セミナー'), ('peer_training', 'ピアサポーター養成'), ('info_material', 'パンフレット・資料'), ('support_conference', 'ケース会議・支援会議'), ('physical_training', '自立訓練（機能訓練）'), ('contract_work', '就労継続支援A型'), ('own_pace_work', '就労継続支援B型'), ('community_move', '地域移行支援'), ('community_settling', '地域定着支援'), ('living_alone_visit', '自立生活援助'), ('job_retention', '就労定着支援')], max_length=40),
        ),
        migrations.AddConstraint(
            model_name='servicekind',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['hikikomori_center', 'municipal_window', 'pref_phone_mail', 'pref_visit', 'text_consultation', 'mental_health_public', 'medical_clinic', 'counseling', 'family_association', 'family_class', 'livelihood_support', 'community_comprehensive', 'developmental_support', 'school_support', 'crisis_line', 'consumer_center', 'ibasho', 'online_peer_group', 'peer_group', 'group_activity', 'outreach_visit', 'day_care', 'life_training', 'daily_rhythm', 'volunteer', 'saposute', 'hello_work', 'vocational_training', 'employment_transition', 'work_experience', 'home_work', 'correspondence_school', 'free_school', 'study_support', 'seminar', 'peer_training', 'info_material', 'support_conference', 'physical_training', 'contract_work', 'own_pace_work', 'community_move', 'community_settling', 'living_alone_visit', 'job_retention'])), name='service_kind_known'),
        ),
    ]
