using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Cluster.Tests.Chaos.Load;

/// <summary>One request, the same in every attempt.</summary>
/// <param name="Ask">What is asked.</param>
/// <param name="Account">Of whom.</param>
/// <param name="Name">Client order id; empty for money.</param>
/// <param name="Amount">Units of money, or lots; 0 where there is none.</param>
/// <param name="IsStrong">Whether a read must be linearizable.</param>
/// <param name="MinIndex">Least index of a weak read; null for none.</param>
/// <param name="Key">Idempotency key; null for reads, and for orders that rely on their own id.</param>
/// <param name="Order">What is to be placed; null where nothing is.</param>
internal sealed record Request(
    Ask Ask, string Account, string Name, long Amount, bool IsStrong, long? MinIndex, string? Key,
    PlaceOrderRequest? Order)
{
    public bool IsRead => Ask is Ask.ReadBalance or Ask.ReadResting;

    /// <summary>What it is about: an account, or an order of an account.</summary>
    public string Object => Name.Length == 0 ? Account : $"{Account}/{Name}";
}
