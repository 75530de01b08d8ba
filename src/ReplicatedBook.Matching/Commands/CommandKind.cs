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

    /// <summary><see cref="Commands.CreatePredictionMarket"/></summary>
    CreatePredictionMarket = 16,

    /// <summary><see cref="Commands.UpdatePredictionMarket"/></summary>
    UpdatePredictionMarket = 17,

    /// <summary><see cref="Commands.DeletePredictionMarket"/></summary>
    DeletePredictionMarket = 18,

    /// <summary><see cref="Commands.SetPredictionMarketStatus"/></summary>
    SetPredictionMarketStatus = 19,

    /// <summary><see cref="Commands.ResolvePredictionMarket"/></summary>
    ResolvePredictionMarket = 20,

    /// <summary><see cref="Commands.VoidPredictionMarket"/></summary>
    VoidPredictionMarket = 21,

    /// <summary><see cref="Commands.SplitSet"/></summary>
    SplitSet = 22,

    /// <summary><see cref="Commands.MergeSet"/></summary>
    MergeSet = 23,

    /// <summary><see cref="Commands.CreateBettingMarket"/></summary>
    CreateBettingMarket = 24,

    /// <summary><see cref="Commands.ChangeRunners"/></summary>
    ChangeRunners = 25,

    /// <summary><see cref="Commands.SetBettingState"/></summary>
    SetBettingState = 26,

    /// <summary><see cref="Commands.SetBettingPhase"/></summary>
    SetBettingPhase = 27,

    /// <summary><see cref="Commands.PlaceBet"/></summary>
    PlaceBet = 28,

    /// <summary><see cref="Commands.CancelBet"/></summary>
    CancelBet = 29,

    /// <summary><see cref="Commands.CancelBets"/></summary>
    CancelBets = 30,

    /// <summary><see cref="Commands.BatchCancelBets"/></summary>
    BatchCancelBets = 31,

    /// <summary><see cref="Commands.VoidBettingTrades"/></summary>
    VoidBettingTrades = 32,

    /// <summary><see cref="Commands.SettleBettingMarket"/></summary>
    SettleBettingMarket = 33,

    /// <summary><see cref="Commands.VoidBettingMarket"/></summary>
    VoidBettingMarket = 34,

    /// <summary><see cref="Commands.Audited"/></summary>
    Audited = 35,

    /// <summary><see cref="Commands.RecordAudit"/></summary>
    RecordAudit = 36,

    /// <summary><see cref="Commands.Bootstrap"/></summary>
    Bootstrap = 37,

    /// <summary><see cref="Commands.CreateUser"/></summary>
    CreateUser = 38,

    /// <summary><see cref="Commands.UpdateUser"/></summary>
    UpdateUser = 39,

    /// <summary><see cref="Commands.SetPassword"/></summary>
    SetPassword = 40,

    /// <summary><see cref="Commands.UpgradePasswordHash"/></summary>
    UpgradePasswordHash = 41,

    /// <summary><see cref="Commands.OpenSession"/></summary>
    OpenSession = 42,

    /// <summary><see cref="Commands.RotateSession"/></summary>
    RotateSession = 43,

    /// <summary><see cref="Commands.EndSessions"/></summary>
    EndSessions = 44,

    /// <summary><see cref="Commands.CreateApiKey"/></summary>
    CreateApiKey = 45,

    /// <summary><see cref="Commands.RevokeApiKey"/></summary>
    RevokeApiKey = 46,

    /// <summary><see cref="Commands.AddSigningKey"/></summary>
    AddSigningKey = 47,

    /// <summary><see cref="Commands.RetireSigningKey"/></summary>
    RetireSigningKey = 48,

    /// <summary><see cref="Commands.Transfer"/></summary>
    Transfer = 49,

    /// <summary><see cref="Commands.OpenOrderSession"/></summary>
    OpenOrderSession = 50,

    /// <summary><see cref="Commands.CloseOrderSession"/></summary>
    CloseOrderSession = 51,

    /// <summary><see cref="Commands.RenewOrderSessions"/></summary>
    RenewOrderSessions = 52,
}
