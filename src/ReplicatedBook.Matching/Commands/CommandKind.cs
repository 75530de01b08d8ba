namespace ReplicatedBook.Matching.Commands;

/// <summary>Which command the bytes of an entry are.</summary>
/// <remarks>The numbers are in the log and on the wire: never renumber one, never use one again.</remarks>
public enum CommandKind : byte
{
    /// <summary><see cref="Commands.CreateAsset"/></summary>
    CreateAsset = 1,

    /// <summary><see cref="Commands.CreateAccount"/></summary>
    CreateAccount = 2,

    /// <summary><see cref="Commands.Deposit"/></summary>
    Deposit = 3,

    /// <summary><see cref="Commands.Withdraw"/></summary>
    Withdraw = 4,

    /// <summary><see cref="Commands.ListInstrument"/></summary>
    ListInstrument = 5,

    /// <summary><see cref="Commands.UpdateInstrument"/></summary>
    UpdateInstrument = 6,

    /// <summary><see cref="Commands.SetInstrumentStatus"/></summary>
    SetInstrumentStatus = 7,

    /// <summary><see cref="Commands.PlaceOrder"/></summary>
    PlaceOrder = 8,

    /// <summary><see cref="Commands.PlaceBatch"/></summary>
    PlaceBatch = 9,

    /// <summary><see cref="Commands.AmendOrder"/></summary>
    AmendOrder = 10,

    /// <summary><see cref="Commands.CancelOrder"/></summary>
    CancelOrder = 11,

    /// <summary><see cref="Commands.CancelOrders"/></summary>
    CancelOrders = 12,

    /// <summary><see cref="Commands.SetFeatureLevel"/></summary>
    SetFeatureLevel = 13,

    /// <summary><see cref="Commands.Tick"/></summary>
    Tick = 14,

    /// <summary><see cref="Commands.SetCancelAfter"/></summary>
    SetCancelAfter = 15,
}
