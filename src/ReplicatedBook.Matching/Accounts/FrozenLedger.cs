using ReplicatedBook.Matching.Encoding;

namespace ReplicatedBook.Matching.Accounts;

/// <summary>An image of a <see cref="Ledger"/>.</summary>
/// <param name="assets">By id, from 1 on.</param>
/// <param name="accounts">By id, from 1 on.</param>
/// <param name="details">The same.</param>
/// <param name="balances">By slot.</param>
internal sealed class FrozenLedger(
    List<Asset> assets, Account[] accounts, AccountDetails[] details, Balance[] balances)
{
    /// <summary>Writes all assets.</summary>
    public void WriteAssets(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(assets.Count);
        foreach (var asset in assets)
        {
            writer.WriteArrayHeader(SnapshotLayout.AssetFields);
            writer.WriteText(asset.Symbol);
            writer.WriteInteger(asset.Scale);
            writer.WriteInteger(asset.Deposits);
            writer.WriteInteger(asset.Withdrawals);
            writer.WriteInteger(asset.Fees);
        }
    }

    /// <summary>How many accounts there are.</summary>
    public int AccountCount => accounts.Length;

    /// <summary>Writes an account with its balances.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="position">One less than its id.</param>
    /// <param name="version">Of the snapshot.</param>
    public void WriteAccount(ref MessagePackWriter writer, int position, int version)
    {
        ref readonly var account = ref details[position];
        var hasSwitch = version >= SnapshotLayout.OptionsVersion;
        writer.WriteArrayHeader(SnapshotLayout.AccountFields + (hasSwitch ? 1 : 0));
        writer.WriteInteger(accounts[position].User);
        writer.WriteText(account.Label);
        writer.WriteInteger(account.CreatedIndex);
        writer.WriteInteger(account.CreatedAt);
        var count = 0;
        for (var slot = account.FirstBalance; slot >= 0; slot = balances[slot].Next)
        {
            count++;
        }

        writer.WriteArrayHeader(count);
        for (var slot = account.FirstBalance; slot >= 0; slot = balances[slot].Next)
        {
            ref readonly var balance = ref balances[slot];
            writer.WriteArrayHeader(SnapshotLayout.BalanceFields);
            writer.WriteInteger(balance.Asset);
            writer.WriteInteger(balance.Available);
            writer.WriteInteger(balance.Reserved);
        }

        if (hasSwitch)
        {
            writer.WriteInteger(account.CancelAt);
        }
    }
}
