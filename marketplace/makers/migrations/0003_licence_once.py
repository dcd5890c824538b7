from django.db import migrations, models

#: A renewal used to be a second row. Of rows alike the one in force longest stays; a revoked one gives way to one that is not.
ONE_OF_EACH = """
DELETE FROM makers_productionlicence WHERE EXISTS (
    SELECT 1 FROM makers_productionlicence better
    WHERE better.maker_id = makers_productionlicence.maker_id
      AND better.craft_group_id = makers_productionlicence.craft_group_id
      AND better.number = makers_productionlicence.number
      AND ((better.revoked_on IS NULL AND makers_productionlicence.revoked_on IS NOT NULL)
        OR ((better.revoked_on IS NULL) = (makers_productionlicence.revoked_on IS NULL)
            AND (better.expires_on > makers_productionlicence.expires_on
              OR (better.expires_on = makers_productionlicence.expires_on AND better.id > makers_productionlicence.id))))
)
"""


class Migration(migrations.Migration):
    dependencies = [("makers", "0002_capacity_and_claims")]

    operations = [
        migrations.RunSQL(ONE_OF_EACH, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="productionlicence",
            constraint=models.UniqueConstraint(
                fields=("maker", "craft_group", "number"), name="production_licence_once"
            ),
        ),
    ]
